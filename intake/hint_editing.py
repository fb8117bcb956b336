"""Writing the hints of an office: what is wrong with a text, publishing it, noting that it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from network.people.models import Membership, Organisation

from . import office_hints
from .hint_linting import HintFinding
from .models import OfficeHint
from .office_hints import HintSlot, HintWording


class HintRefused(Exception):
    """A hint may not be shown like this; `findings` say why, by language."""

    def __init__(self, found: Mapping[str, list[HintFinding]]):
        super().__init__(", ".join(finding.reason.value for language in found.values() for finding in language))
        self.findings = found


@dataclass(frozen=True)
class Draft:
    """What somebody typed for a hint: `texts` by language, empty where the shipped text shall count."""

    texts: Mapping[str, HintWording] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    is_off: bool = False
    off_reason: str = ""
    is_checked: bool = False  # somebody has compared rule, source and texts today


def check(slot: HintSlot, draft: Draft) -> None:
    """Raise HintRefused unless founders may read the texts of `draft`."""
    found = {
        language: office_hints.lint(slot.hint.code, language, wording)
        for language, wording in draft.texts.items()
        if wording
    }
    if any(found.values()):
        raise HintRefused({language: findings for language, findings in found.items() if findings})


def publish(office: Organisation, by: Membership, slot: HintSlot, draft: Draft, *, version: int) -> OfficeHint:
    """Let the founders of `office` read `draft` from now on; `version` is the one that was read.

    The shipped text, sent back unchanged, is no own text. Raises HintRefused, StaleVersion.
    """
    check(slot, draft)
    with transaction.atomic():
        row = _locked(office, slot, version)
        row.texts = _texts(slot, draft)
        row.valid_from, row.valid_to = draft.valid_from, draft.valid_to
        row.is_off, row.off_reason = draft.is_off, draft.off_reason if draft.is_off else ""
        if draft.is_checked:
            row.checked_on, row.checked_by = clock.today(), by
        row.changed_by, row.changed_at = by, clock.now()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:  # two people wrote the first text at the same moment
            raise StaleVersion from error
        return row


def _texts(slot: HintSlot, draft: Draft) -> dict[str, dict[str, str]]:
    found = {}
    for language in office_hints.LANGUAGES:
        own, shipped = draft.texts.get(language, HintWording()), office_hints.shipped(slot.hint.code, language)
        if own and own != shipped:
            found[language] = {"title": own.title, "text": own.text, "shipped": shipped.digest}
    return found


def _locked(office: Organisation, slot: HintSlot, version: int) -> OfficeHint:
    row = OfficeHint.objects.for_office(office).filter(hint_code=slot.hint.code).select_for_update().first()
    if row is None:
        row = OfficeHint(office=office, hint_code=slot.hint.code, version=0)
    bump_version(row, version)
    return row
