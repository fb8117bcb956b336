"""What the history of changes calls a consent (audit.wordings)."""

from collections.abc import Collection, Mapping

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short

from .models import Consent


def consent_names(keys: Collection[int]) -> Mapping[int, str]:
    """Consents by the body they are for and the day they were given."""
    rows = Consent.objects.filter(pk__in=keys).select_related("partner")
    return {row.pk: f"{row.partner.name}, {day_short(clock.local(row.given_at).date())}" for row in rows}
