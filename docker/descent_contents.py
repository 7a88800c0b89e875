"""How the image's server saves: a file is the old one or the new one, whole.

Jupyter writes over the file in its place, so that a server that is killed, or a
disk that fills, in the middle of it leaves a notebook cut short.
"""

import os
import tempfile
from contextlib import contextmanager, suppress

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class Contents(AsyncLargeFileManager):
    @contextmanager
    def atomic_writing(self, os_path, text=True, encoding="utf-8", **kwargs):
        path = os.path.realpath(os_path)
        folder = os.path.dirname(path)
        if os.path.ismount(path) or not os.access(folder, os.W_OK):
            with super().atomic_writing(os_path, text=text, encoding=encoding, **kwargs) as f:
                yield f
            return
        with self.perm_to_403(os_path):
            if os.path.exists(path) and not os.access(path, os.W_OK):
                raise PermissionError(13, "Permission denied", path)
            fd, new = tempfile.mkstemp(prefix=".saving-", dir=folder)
            try:
                with open(fd, "w" if text else "wb", **({"encoding": encoding, "newline": "\n"} if text else {})) as f:
                    yield f
                    f.flush()
                    os.fsync(f.fileno())
                self._as_before(path, new)
                os.replace(new, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(new)
                raise
            with suppress(OSError):  # the name, too, is on disk
                fd = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(fd)
                finally:
                    os.close(fd)

    def _as_before(self, path, new):
        """Give the new file the mode and group of the one that it replaces."""
        try:
            old = os.stat(path)
        except FileNotFoundError:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(new, 0o666 & ~mask)
            return
        os.chmod(new, old.st_mode & 0o777)
        with suppress(OSError):
            os.chown(new, -1, old.st_gid)
