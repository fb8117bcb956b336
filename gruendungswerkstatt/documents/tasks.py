"""What services enqueue and beat starts. All may run twice or side by side without harm."""

from celery import shared_task

from . import files, scanning


@shared_task(name="documents.scan")
def scan(key: int) -> None:
    """Let the virus scanner look at one file."""
    scanning.scan(key)


@shared_task(name="documents.scan_waiting")
def scan_waiting() -> None:
    """Scan what waits."""
    scanning.scan_waiting()


@shared_task(name="documents.sweep")
def sweep() -> None:
    """Delete files that belong to no row."""
    files.sweep()
