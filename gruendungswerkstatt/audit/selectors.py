"""Who has looked at whose data; when erasing was last done."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import CharField, F, Max, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from gruendungswerkstatt.common import clock
from network.people.enums import Role
from network.people.models import Organisation

from .models import ErasureCause, ErasureRun, ViewLog, ViewPurpose


@dataclass(frozen=True)
class Views:
    """All looks of one body, in one role, for one purpose, on one day. Says nothing about persons (rule 14)."""

    organisation: str  # its name in the active language
    role: Role
    purpose: ViewPurpose
    day: date


def views_of(office: Organisation | int, subjects: Collection[uuid.UUID]) -> list[Views]:
    """Who has seen the data of `office` behind `subjects` (UUIDs of cases, submissions, referrals), newest day first.

    One query and no names of staff, for the founder's page (rule 14 of the domain).
    """
    rows = (
        ViewLog.objects.for_office(office)
        .filter(subject_uuid__in=subjects)
        .annotate(day=TruncDate("viewed_at", tzinfo=clock.BERLIN), organisation=_name_of("viewer_organisation"))
        .values_list("organisation", "role", "purpose", "day")
        .distinct()
        .order_by("-day", "organisation", "role", "purpose")
    )
    return [Views(name, Role(role), ViewPurpose(purpose), day) for name, role, purpose, day in rows]


def _name_of(organisation: str) -> Coalesce:
    """The name in the active language, else in the next one that has it: modeltranslation sees nothing behind joins."""
    languages = dict.fromkeys([get_language() or settings.LANGUAGE_CODE, *settings.MODELTRANSLATION_FALLBACK_LANGUAGES])
    names = [F(f"{organisation}__{build_localized_fieldname('name', language)}") for language in languages]
    given = (NullIf(name, Value(""), output_field=CharField()) for name in names)
    return Coalesce(*given, F(f"{organisation}__name"), output_field=CharField())


def last_nightly_erasure_at() -> datetime | None:
    """When the last nightly run ended in the office that has waited longest; None if none ever did."""
    ended = (
        ErasureRun.objects.filter(cause=ErasureCause.NIGHT, is_dry_run=False, finished_at__isnull=False)
        .values("office")
        .annotate(last=Max("finished_at"))
        .order_by("last")
    )
    return ended.values_list("last", flat=True).first()
