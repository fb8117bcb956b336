"""The office's own labels: made by team leads, put on cases by everybody who works on them."""

from django.db import IntegrityError, transaction

from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.common.text import sort_key
from network.people.models import Membership, Organisation

from .models import Case, CaseLabel, Label
from .refusals import LabelRefusal

MOST = 40  # as many as a person finds their way in


class LabelRefused(Exception):
    """A label cannot be used like this; `reason` says why."""

    def __init__(self, reason: LabelRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def create(office: Organisation, name: str) -> Label:
    """A new label of `office`. Raises LabelRefused for a name that is there, in whatever spelling, and for too many."""
    if Label.objects.for_office(office).count() >= MOST:
        raise LabelRefused(LabelRefusal.TOO_MANY)
    return _saved(Label(office=office, name=name))


@transaction.atomic
def rename(label: Label, name: str, *, version: int) -> Label:
    """Call `label` something else, on all cases at once. Raises LabelRefused, StaleVersion."""
    current = _locked(label)
    bump_version(current, version)
    current.name = name
    return _saved(current)


@transaction.atomic
def delete(label: Label) -> None:
    """Take `label` off all cases and delete it; what is gone already stays gone."""
    CaseLabel.objects.filter(label=label).delete()
    Label.objects.filter(pk=label.pk).delete()


@transaction.atomic
def put_on(case: Case, by: Membership, label: Label) -> bool:
    """Put `label` on `case`; whether it was not there yet. Raises LabelRefused if the label is gone."""
    _locked(label)
    _row, is_new = CaseLabel.objects.get_or_create(
        office_id=case.office_id, case=case, label=label, defaults={"created_by": by}
    )
    return is_new


def take_off(case: Case, label: Label) -> bool:
    """Take `label` off `case`; whether it was there."""
    deleted, _by_model = CaseLabel.objects.filter(office=case.office_id, case=case, label=label).delete()
    return bool(deleted)


def _locked(label: Label) -> Label:
    """The row as it is now: nobody deletes it while a case gets it."""
    current = Label.objects.select_for_update().filter(pk=label.pk, office=label.office_id).first()
    if current is None:
        raise LabelRefused(LabelRefusal.GONE)
    return current


def _saved(label: Label) -> Label:
    label.sort_name = sort_key(label.name)[:40]
    try:
        with transaction.atomic():
            label.save()
    except IntegrityError:
        raise LabelRefused(LabelRefusal.NAME_TAKEN) from None
    return label
