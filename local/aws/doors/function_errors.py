"""Lambda: a function that throws ends with the name of its error, and its process lives on.

Step Functions retries and catches by that name. MiniStack passes on the message alone, names every error
`Runtime.HandlerError`, and ends the process. Here the Node worker answers with name and stack, as AWS's runtime does.
"""

import threading

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

NEEDS = {
    lambda_runtime: ("_NODEJS_WORKER_SCRIPT", "Worker"),
    lambda_svc: ("_execute_function_warm",),
}

SAYS = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
ANSWERS = 'status: "ok", threw: { error: String(err.message || err), trace: err.stack || "", name: err.name || "Error" }'

_last = threading.local()


def _answering(script):
    if SAYS not in script:
        raise SystemExit("MiniStack's Node worker tells errors in another way: adapt local/aws/doors/function_errors.py.")
    return script.replace(SAYS, ANSWERS)


def _understanding(invoke):
    def invoke_worker(*args, **options):
        result = invoke(*args, **options)
        _last.threw = result.pop("threw", None)
        return {**result, **_last.threw, "status": "error"} if _last.threw else result

    return invoke_worker


def _with_its_name(execute):
    def execute_function(*args):
        _last.threw = None
        answer = execute(*args)
        if _last.threw:
            name, trace = _last.threw["name"], _last.threw["trace"].split("\n")
            answer["body"] = {**answer["body"], "errorType": name, "trace": trace}
        return answer

    return execute_function


def open_door():
    lambda_runtime._NODEJS_WORKER_SCRIPT = _answering(lambda_runtime._NODEJS_WORKER_SCRIPT)
    lambda_runtime.Worker.invoke = _understanding(lambda_runtime.Worker.invoke)
    lambda_svc._execute_function_warm = _with_its_name(lambda_svc._execute_function_warm)
