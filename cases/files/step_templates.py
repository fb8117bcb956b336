"""Templates of steps: those that the portal brings along, what an office says instead, and the office's own ones.

A shipped one is data (`data/step_templates.json`); an office's row with its code takes its place. A step keeps the
words it was agreed on with, so changing a template changes no plan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from intake import hints
from intake.questions.data import load
from network.people.models import Membership, Organisation

from .enums import Phase, TimelineKind
from .models import Case, PlanStep, StepTemplate
from .refusals import TemplateRefusal
from .telling import record

DATA = Path(__file__).resolve().parent / "data"
FALLBACK = "de"
MOST = 100  # of an office's own: as many as a person finds their way in
MOST_DAYS = 730


class TemplateRefused(Exception):
    """A template cannot be made or changed like this; `reason` says why."""

    def __init__(self, reason: TemplateRefusal):
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Template:
    """A step to choose. `key` stands in addresses: the code of a shipped one, the UUID of an office's own.

    `row` is what the office wrote, None for a shipped one that it left as it is. `days` counts until when.
    """

    key: str
    texts: Mapping[str, str]
    phase: str
    hint_code: str
    actor: str
    days: int | None
    is_shipped: bool
    is_off: bool = False
    row: StepTemplate | None = None

    @property
    def version(self) -> int:
        """The version a form has to bring along; 0 for a shipped one before its first change."""
        return self.row.version if self.row else 0

    @property
    def text(self) -> str:
        """In the active language; in German where it is not said in it."""
        return self.texts.get(get_language() or FALLBACK) or self.texts[FALLBACK]

    @property
    def languages_missing(self) -> list[str]:
        """The portal's languages in which it is not said."""
        return [code for code, _name in settings.LANGUAGES if not self.texts.get(code)]

    def due_on(self, today: date) -> date | None:
        """Until when it is to be done if it is agreed on `today`."""
        return None if self.days is None else today + timedelta(days=self.days)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Template]:
    """{code: template} of what the portal brings along, in the order of the phases."""
    return {
        entry["code"]: Template(
            key=entry["code"],
            texts=entry["texts"],
            phase=entry["phase"],
            hint_code=entry["hint"],
            actor=entry["actor"],
            days=entry["days"],
            is_shipped=True,
        )
        for entry in load("step_templates", DATA)
    }


def of_office(office_id: int) -> list[Template]:
    """All templates as the office has them: by phase, shipped ones first, those for every phase at the end."""
    rows = list(StepTemplate.objects.filter(office=office_id).order_by("created_at", "id"))
    instead = {row.code: row for row in rows if row.code}
    found = [_with(template, instead.get(code)) for code, template in shipped().items()]
    found += [_own(row) for row in rows if not row.code]
    places = {phase: place for place, phase in enumerate(Phase)}
    return sorted(found, key=lambda template: places.get(template.phase, len(places)))


def one(office: Organisation, key: str) -> Template | None:
    """One of them; None if the office has no such template."""
    return next((template for template in of_office(office.pk) if template.key == key), None)


def _with(template: Template, row: StepTemplate | None) -> Template:
    return replace(_own(row), key=template.key, is_shipped=True) if row else template


def _own(row: StepTemplate) -> Template:
    return Template(
        key=str(row.uuid),
        texts=row.texts,
        phase=row.phase,
        hint_code=row.hint_code,
        actor=row.actor,
        days=row.days,
        is_shipped=False,
        is_off=row.is_off,
        row=row,
    )


# --- What team leads write ------------------------------


@transaction.atomic
def create(office: Organisation, **said: Any) -> StepTemplate:
    """A template of the office's own. Raises TemplateRefused if there are too many."""
    if StepTemplate.objects.for_office(office).filter(code="").count() >= MOST:
        raise TemplateRefused(TemplateRefusal.TOO_MANY)
    return StepTemplate.objects.create(office=office, **said)


@transaction.atomic
def change(office: Organisation, template: Template, *, version: int, **said: Any) -> StepTemplate:
    """Say something else from now on; of a shipped one too. Raises TemplateRefused, StaleVersion."""
    row = _locked(office, template)
    if row is None:
        if not template.is_shipped:
            raise TemplateRefused(TemplateRefusal.GONE)
        if version != 0:
            raise StaleVersion  # somebody took the shipped words back meanwhile
        row = StepTemplate(office=office, code=template.key)
    else:
        bump_version(row, version)
    for name, value in said.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # two people changed the same shipped one at the same moment
        raise StaleVersion from error
    return row


@transaction.atomic
def delete(office: Organisation, template: Template) -> None:
    """Delete one of the office's own, or go back to what the portal brings along; what is gone stays gone."""
    StepTemplate.objects.for_office(office).filter(pk=template.row.pk if template.row else None).delete()


def _locked(office: Organisation, template: Template) -> StepTemplate | None:
    rows = StepTemplate.objects.select_for_update().for_office(office)
    if template.is_shipped:
        return rows.filter(code=template.key).first()
    return rows.filter(uuid=template.key).first()


# --- Choosing for a case ------------------------------


@dataclass(frozen=True)
class Offer:
    """What can be chosen for a case: `fitting` its phase and its hints, and the `others`."""

    fitting: list[Template]
    others: list[Template]


def offer(case: Case, templates: Iterable[Template]) -> Offer:
    """Those of the office's `templates` that are not open in `case` already; for its hints first, then its phase."""
    steps = list(PlanStep.objects.for_office(case.office_id).filter(case=case))
    open_already = {step.template for step in steps if step.template and step.done_at is None}
    hinted = {step.hint_code for step in steps if step.hint_code}
    free = [one for one in templates if not one.is_off and one.key not in open_already]
    of_hints = [one for one in free if one.hint_code in hinted]
    # What belongs to another hint than the case's is rarely meant, even in the right phase.
    of_phase = [one for one in free if not one.hint_code and one.phase in ("", case.phase)]
    chosen = [*of_hints, *of_phase]
    return Offer(chosen, [one for one in free if one not in chosen])


@transaction.atomic
def agree(case: Case, by: Membership, chosen: Iterable[tuple[str, date | None]]) -> list[PlanStep]:
    """Agree on several steps at once: (key of a template, until when). What is open already is left out."""
    current = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    known = {template.key: template for template in of_office(current.office_id)}
    open_steps = PlanStep.objects.for_office(current.office_id).filter(case=current, done_at=None)
    there = set(open_steps.exclude(template="").values_list("template", flat=True))
    added = []
    for key, due_on in chosen:
        template = known.get(key)
        if template is None or key in there:
            continue
        there.add(key)
        step = PlanStep.objects.create(
            office_id=current.office_id,
            case=current,
            text=template.texts[FALLBACK],
            texts=dict(template.texts),
            template=key,
            actor=template.actor,
            due_on=due_on,
            created_at=clock.now(),
        )
        params = {"step": str(step.uuid), "template": key}
        record(current, TimelineKind.STEP_ADDED, by, params=params, text=step.text)
        added.append(step)
    return added


def hint_choices() -> list[tuple[str, Any]]:
    """(code, title) of the hints that a template can belong to."""
    return [(hint.code, hint.title) for hint in hints.HINTS]
