"""Writes a data set of the form of MNIST: 5 training and 3 test images of 4 rows and 3 columns.

Made with Python 3.11.7, NumPy 2.4.0 and idx2numpy 1.2.3 by `python idx.py`. The training files are plain, the test
files gzip. Pixel p of image i is (37·i + 11·p) mod 256, label i is (3·i) mod 10.
"""
import gzip

import idx2numpy
import numpy as np

for part, count, opened in ("train", 5, lambda name: open(name, "wb")), ("t10k", 3, lambda name: gzip.GzipFile(name + ".gz", "wb", mtime=0)):
    i, p = np.arange(count), np.arange(12)
    images = ((37 * i[:, None] + 11 * p) % 256).astype(np.uint8).reshape(count, 4, 3)
    with opened(part + "-images-idx3-ubyte") as f:
        f.write(idx2numpy.convert_to_string(images))
    with opened(part + "-labels-idx1-ubyte") as f:
        f.write(idx2numpy.convert_to_string((3 * i % 10).astype(np.uint8)))
