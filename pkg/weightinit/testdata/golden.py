"""Prints the weights that weightinit_test.go compares with, as hexadecimal floats.

Made with Python 3.11.7 and NumPy 2.4.0 by `python golden.py`, from the
definitions alone: the PCG-DXSM generator of math/rand/v2, and the ratio of
uniforms.
"""
import math

import numpy as np

M128, M64 = 2**128 - 1, 2**64 - 1


class PCG:
    def __init__(self, hi, lo):
        self.state = hi << 64 | lo

    def uint64(self):
        self.state = (self.state * 0x2360ED051FC65DA44385DF649FCCF645 + 0x5851F42D4C957F2D14057B7EF767814F) & M128
        hi, lo = self.state >> 64, self.state & M64
        hi ^= hi >> 32
        hi = hi * 0xDA942042E4DD58B5 & M64
        hi ^= hi >> 48
        return hi * (lo | 1) & M64

    def uniform(self):
        return (self.uint64() >> 11) / 2**53


def gauss(rng):
    while True:
        u = 1 - rng.uniform()
        v = 0.857763884960706796480 * (2 * rng.uniform() - 1)
        z = v / u
        if z * z <= -4 * math.log(u):
            return z


def cut(rng, mean, std, low, high):
    while True:
        w = mean + std * gauss(rng)
        if low <= w <= high:
            return w


def cut_narrow(rng, mean, std, low, high):
    peak = (min(max(mean, low), high) - mean) / std
    while True:
        w = low + (high - low) * rng.uniform()
        z = (w - mean) / std
        if z * z - peak * peak <= -2 * math.log(1 - rng.uniform()):
            return w


def sparse(rng, rows, columns, sparsity, std):
    w = [0.0] * (rows * columns)
    for j in range(columns):
        zeros = math.ceil(sparsity * rows)
        for i in range(rows):
            if rng.uniform() * (rows - i) < zeros:
                zeros -= 1
            else:
                w[i * columns + j] = std * gauss(rng)
    return w


def orthogonal(rng, rows, columns, gain):
    """The longer side runs fastest; Householder's QR, then the signs of Mezzadri."""
    a = np.array([[gauss(rng) for _ in range(max(rows, columns))] for _ in range(min(rows, columns))]).T
    q, r = np.linalg.qr(a)
    q *= np.sign(np.diag(r))
    return gain * (q if rows >= columns else q.T)


rng = PCG(1, 2)
print("Normal(0, 1):", [gauss(rng).hex() for _ in range(4)])
rng = PCG(1, 2)
print("Normal(-2, 0.3):", [(-2 + 0.3 * gauss(rng)).hex() for _ in range(4)])
rng = PCG(3, 4)
print("He, fanIn 50:", [(math.sqrt(2 / 50) * gauss(rng)).hex() for _ in range(4)])
rng = PCG(3, 4)
print("LeCun, fanIn 50:", [(math.sqrt(1 / 50) * gauss(rng)).hex() for _ in range(4)])
rng = PCG(3, 4)
print("Xavier(gain=5/3), fans 50, 30:", [(math.sqrt((5 / 3) ** 2 / 40) * gauss(rng)).hex() for _ in range(4)])
rng = PCG(3, 4)
limit = math.sqrt(3) * math.sqrt(2 / (1 + math.sqrt(5) ** 2) / 50)
print("nn.Linear, fanIn 50:", [(-limit + 2 * limit * rng.uniform()).hex() for _ in range(4)])
rng = PCG(3, 4)
std = math.sqrt(1 / 50) / 0.87962566103423978
print("LeCun(truncated), fanIn 50:", [cut(rng, 0, std, -2 * std, 2 * std).hex() for _ in range(4)])
rng = PCG(1, 2)
print("Uniform(-0.1, 0.7):", [(-0.1 + (0.7 + 0.1) * rng.uniform()).hex() for _ in range(4)])
rng = PCG(1, 2)
print("TruncatedNormal(1, 0.5, 0.3, 9):", [cut(rng, 1, 0.5, 0.3, 9).hex() for _ in range(4)])
rng = PCG(1, 2)
print("TruncatedNormal(1, 2, 1.5, 4):", [cut_narrow(rng, 1, 2, 1.5, 4).hex() for _ in range(4)])
print("Sparse(0.4, 0.1), 3 by 2:", [w.hex() for w in sparse(PCG(1, 2), 3, 2, 0.4, 0.1)])
for rows, columns in (3, 2), (2, 3), (3, 3):
    print(f"Orthogonal(1.5), {rows} by {columns}:", orthogonal(PCG(1, 2), rows, columns, 1.5).ravel().tolist())
