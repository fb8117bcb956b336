"""Reports of errors to a server that speaks Sentry's protocol, if SENTRY_DSN names one. Off by default.

What leaves the house is built anew from an allow-list: kind and place of the error, the view's or task's name, the
number of the request. Never a message, a variable, a header, a body, an address or what happened before.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .logs import work_id

KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "logger", "transaction")
KEPT_OF_FRAMES = ("filename", "module", "function", "lineno", "in_app")


def start(dsn: str, *, transport: Any = None) -> None:
    """Report errors to `dsn` from now on. Raises ImproperlyConfigured if the package for it is not installed."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.celery import CeleryIntegration
        from sentry_sdk.integrations.django import DjangoIntegration
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but the package sentry-sdk is missing: `uv sync --group production`"
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        transport=transport,
        before_send=allowed_part,  # what the options below already keep out, and all the rest
        before_breadcrumb=lambda crumb, hint: None,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="portal",
        traces_sample_rate=None,
        send_client_reports=False,
        auto_session_tracking=False,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(transaction_style="function_name"), CeleryIntegration()],
    )


def allowed_part(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """What of `event` may leave the house, as a new event."""
    kept = {name: event[name] for name in KEPT if name in event}
    kept["tags"] = {"work_id": work_id.get()}
    errors = (event.get("exception") or {}).get("values") or []
    if errors:
        kept["exception"] = {"values": [_error(error) for error in errors]}
    else:
        kept["logentry"] = {"message": "Error without an exception"}
    return kept


def _error(error: dict[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "stacktrace": {"frames": [{name: frame[name] for name in KEPT_OF_FRAMES if name in frame} for frame in frames]},
    }
