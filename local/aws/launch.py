"""Starts MiniStack as the local AWS of this project.

MiniStack plays an AWS account; whoever plays AWS itself (publishes base images, raises service
events) needs doors that an account does not have, and some behaviour of AWS that this project relies
on is missing. Each file in `doors` opens one of them by replacing functions of MiniStack; the names
are checked first, so that a later version fails here with a sentence and not later with a riddle.

Usage: launch.py PARENT_PID   (everything else comes from the environment, see ministack.ts)

The process must lead its own process group. It ends, and takes the Lambda processes with it, when it
is told to (SIGTERM) and when its parent is gone, however that died.
"""

import importlib.metadata
import os
import signal
import sys
import threading
import time

from doors import (
    ami_lifecycle, ami_use, calls, endpoints, events, function_code, function_errors, images, parameters, permissions,
    processors, stacks, task_tokens, versions,
)

DOORS = (
    events, parameters, permissions, images, ami_lifecycle, ami_use, stacks, function_code, function_errors,
    task_tokens, versions, calls, processors, endpoints,
)


def missing_names():
    """Every name a door replaces or calls that this version of MiniStack does not have, each once."""
    return list(dict.fromkeys(
        f"{module.__name__}.{name}"
        for door in DOORS
        for module, names in door.NEEDS.items()
        for name in names
        if not hasattr(module, name)
    ))


def end_group(*_):
    """Ends this process and everything it started, at once: there is no state worth saving."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def end_with(parent):
    """Watches the parent: a parent killed by SIGKILL cannot say goodbye."""
    while os.getppid() == parent:
        time.sleep(0.5)
    end_group()


def start():
    missing = missing_names()
    if missing:
        version = importlib.metadata.version("ministack")
        sys.exit(
            f"MiniStack {version} lacks {', '.join(missing)}, which the local AWS builds on. "
            "Install the version pinned in local/aws/requirements.txt, or adapt local/aws/doors to the new one."
        )
    threading.Thread(target=end_with, args=(int(sys.argv[1]),), daemon=True).start()
    for door in DOORS:
        door.open_door()

    from ministack.app import main

    sys.argv = sys.argv[:1]
    try:
        main()
    finally:
        end_group()


if __name__ == "__main__":
    start()
