"""Counts: every call of an AWS service by who made it and how it ended, and every run of a Lambda function.

CloudTrail's record of MiniStack leaves out what was refused by IAM, says nothing of errors, and hands out fifty
events without a next page. What Step Functions, streams and rules do inside is no call of ours and is not counted.
"""

import json
import re
import threading
import time
from urllib.parse import parse_qs

from ministack import app as server
from ministack.core import iam_evaluator
from ministack.services import lambda_svc

NEEDS = {
    server: ("_dispatch_service_request", "_ct_event_name", "_routing_params", "detect_service"),
    iam_evaluator: ("caller_arn",),
    lambda_svc: ("_execute_function_warm",),
}

_lock = threading.Lock()
_calls = {}
_runs = {}


def counted():
    """Everything since the start: calls and runs, each with what tells them apart and how many there were."""
    with _lock:
        return {
            "calls": [
                {"service": service, "operation": operation, "caller": caller, "error": error, "count": count}
                for (service, operation, caller, error), count in _calls.items()
            ],
            "runs": [
                {"function": name, "error": error, "count": count, "seconds": round(seconds, 3)}
                for (name, error), (count, seconds) in _runs.items()
            ],
        }


def _caller():
    """The role of a session, the user of a key, or root."""
    resource = iam_evaluator.caller_arn().split(":", 5)[-1]
    return resource.split("/")[1] if "/" in resource else resource


def _operation(service, method, path, headers, body, query):
    target = headers.get("x-amz-target", "")
    if target:
        return target.rsplit(".", 1)[-1]
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        action = parse_qs(body.decode("utf-8", "replace")).get("Action")
        if action:
            return action[0]
    return server._ct_event_name(service, method, path, headers, query)


def _error(status, headers, body):
    """The error's name, of a cancelled transaction with its reasons; None of what went well."""
    if status < 400:
        return None
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    try:
        answer = json.loads(text)
    except ValueError:
        code = re.search(r"<Code>([^<]*)</Code>", text)
        return code[1] if code else str(status)
    name = str(answer.get("__type") or headers.get("x-amzn-errortype") or status).rsplit("#", 1)[-1]
    reasons = {reason.get("Code") for reason in answer.get("CancellationReasons") or []} - {None, "None"}
    return f"{name}: {', '.join(sorted(reasons))}" if reasons else name


def _counting(dispatch):
    async def count(method, path, headers, body, query_params, request_id):
        answer = await dispatch(method, path, headers, body, query_params, request_id)
        params = server._routing_params(method, path, headers, body, query_params)
        service = server.detect_service(method, path, headers, params)
        operation = _operation(service, method, path, headers, body, query_params)
        key = (service, operation, _caller(), _error(*answer))
        with _lock:
            _calls[key] = _calls.get(key, 0) + 1
        return answer

    return count


def _timing(execute):
    def run(func, *args):
        started = time.monotonic()
        answer = execute(func, *args)
        body = answer.get("body")
        kind = body.get("errorType", "Unknown") if isinstance(body, dict) else "Unknown"
        key = ((func.get("config") or func).get("FunctionName"), kind if answer.get("error") else None)
        with _lock:
            count, seconds = _runs.get(key, (0, 0.0))
            _runs[key] = (count + 1, seconds + time.monotonic() - started)
        return answer

    return run


def open_door():
    server._dispatch_service_request = _counting(server._dispatch_service_request)
    lambda_svc._execute_function_warm = _timing(lambda_svc._execute_function_warm)
