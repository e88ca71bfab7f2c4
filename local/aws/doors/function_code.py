"""Lambda: the code of a function is unpacked once, however many processes run it.

AWS mounts a function's code for each environment. MiniStack unpacks it anew for each process: a run of a hundred of them
writes, and at its end removes, three quarters of a gigabyte, which takes longer than most of what the run does. Here the
first process unpacks, and the others get a link to what is there. A layer's packages would be linked into that shared
place, by all functions of the same code: ours have no layers.
"""

import hashlib
import os
import threading
import zipfile
from types import SimpleNamespace

from ministack.core import lambda_runtime

NEEDS = {lambda_runtime: ("zipfile",)}

_unpacking = threading.Lock()


class _UnpackedOnce(zipfile.ZipFile):
    """Takes the place of a process's own `code.zip`, next to the directory `code` that is to hold what is in it."""

    def extractall(self, path=None, members=None, pwd=None):
        process, name = os.path.split(self.filename)
        if name != "code.zip":
            super().extractall(path, members, pwd)
            return
        with open(self.filename, "rb") as packed:
            digest = hashlib.sha256(packed.read()).hexdigest()
        shared = os.path.join(os.path.dirname(process), f"code-{digest}")
        with _unpacking:
            if not os.path.isdir(shared):
                super().extractall(f"{shared}.new", members, pwd)
                os.rename(f"{shared}.new", shared)
        os.rmdir(path)
        os.symlink(shared, path)
        os.unlink(self.filename)


def open_door():
    lambda_runtime.zipfile = SimpleNamespace(**{**vars(zipfile), "ZipFile": _UnpackedOnce})
