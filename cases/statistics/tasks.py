"""What beat starts; the name stands in CELERY_BEAT_SCHEDULE."""

from celery import shared_task

from network.people.models import Organisation

from . import services


@shared_task(name="statistics.close_years")
def close_years() -> None:
    """Close the years that are due, office by office. Twice, or killed, does no harm: what is closed stays."""
    for office in Organisation.objects.offices().order_by("pk"):
        services.close_years(office)
