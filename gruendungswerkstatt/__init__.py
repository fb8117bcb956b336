"""The portal's ground floor: settings, common helpers, messaging and audit."""

from .celery import app as celery_app

__all__ = ["celery_app"]
