"""Lambda: no more functions run at once than this machine has processors for; the others wait for their turn.

AWS gives each of a hundred invocations an environment of its own. MiniStack does so too, as a Node process, and on
two processors a hundred of them that start at once run into their timeouts, which no function of ours would on AWS.
What waits here does not run yet, so its timeout has not begun. A function that waits for another function would wait
for ever once all turns are taken by such: ours never do.
"""

import os
import threading

from ministack.services import lambda_svc

NEEDS = {lambda_svc: ("_execute_function_warm",)}

PER_PROCESSOR = 4
"""A function mostly waits for the local AWS, which answers on one processor."""

_turns = threading.BoundedSemaphore(PER_PROCESSOR * (os.cpu_count() or 1))


def _in_turn(execute):
    def execute_function(*args):
        with _turns:
            return execute(*args)

    return execute_function


def open_door():
    lambda_svc._execute_function_warm = _in_turn(lambda_svc._execute_function_warm)
