"""Tells from inside the server what a page cost: Python's CPU time, and what PostgreSQL says of its queries."""

import json
import os
import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

PATH = "/bench/cpu"
EXPLAIN = "X-Bench-Explain"
RESULT = "X-Bench-Result"


class ProbeMiddleware:
    """Answers PATH with the process, its CPU seconds and its database backend; explains a page's queries on demand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == PATH:
            backend = connection.connection.info.backend_pid if connection.connection else None
            return JsonResponse({"process": os.getpid(), "python": time.process_time(), "backend": backend})
        if EXPLAIN not in request.headers:
            return self.get_response(request)
        asked: list[tuple[str, tuple]] = []

        def note(execute, sql, params, many, context):
            asked.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[RESULT] = json.dumps(_explained(asked))
        return response


def _explained(asked: list[tuple[str, tuple]]) -> dict[str, float]:
    """Number of queries; milliseconds that planning and executing the reading ones takes, asked once more."""
    asked = [(sql, params) for sql, params in asked if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    planning = executing = 0.0
    with connection.cursor() as cursor:
        for sql, params in asked:
            if sql.lstrip(" (").startswith("SELECT") and "FOR UPDATE" not in sql:
                cursor.execute(f"EXPLAIN (ANALYZE, SUMMARY, FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]
                planning += plan["Planning Time"]
                executing += plan["Execution Time"]
    return {"queries": len(asked), "planning": planning, "executing": executing}
