"""Funding that a founder asked for: recorded as asked, decided and for when. Each service is one transaction.

Every record and every change is a line of the timeline. A request for Einstiegsgeld is an application (rules 1 and 3
of the domain), and its last day is where deadlines are counted from.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.people.models import Membership

from . import deadlines, rules, services
from .enums import FundingDecision, FundingKind, TimelineKind
from .models import Case, Funding
from .refusals import FundingProblem
from .telling import record


@dataclass(frozen=True)
class Facts:
    """What is known about one funding; `text` names something else, `amount` is in euros."""

    kind: str
    asked_on: date
    text: str = ""
    decision: str = ""
    decided_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None

    @classmethod
    def of(cls, funding: Funding) -> "Facts":
        return cls(**{name: getattr(funding, name) for name in cls.__dataclass_fields__})


class FundingRefused(Exception):
    """The facts do not fit together; `problems` says why, by the name of the fact."""

    def __init__(self, problems: Mapping[str, FundingProblem]):
        super().__init__(", ".join(problems.values()))
        self.problems = problems


def problems_of(given: Mapping[str, Any], today: date) -> dict[str, FundingProblem]:
    """What does not fit together in `given` (names of Facts; what is missing is unknown), by the name of the fact."""
    found: dict[str, FundingProblem] = {}
    if given.get("kind") == FundingKind.OTHER and not given.get("text"):
        found["text"] = FundingProblem.NO_NAME
    asked_on = given.get("asked_on")
    if asked_on and asked_on > today:
        found["asked_on"] = FundingProblem.NOT_YET
    decision = given.get("decision") or ""
    found |= _of_decision(decision, given.get("decided_on"), asked_on, today)
    return found | _of_days(decision, given.get("starts_on"), given.get("ends_on"))


def _of_decision(
    decision: str, decided_on: date | None, asked_on: date | None, today: date
) -> dict[str, FundingProblem]:
    if decided_on is None:
        return {"decided_on": FundingProblem.NO_DAY} if decision else {}
    if not decision:
        return {"decision": FundingProblem.NO_DECISION}
    if decided_on > today:
        return {"decided_on": FundingProblem.NOT_YET}
    return {"decided_on": FundingProblem.DECIDED_BEFORE_ASKED} if asked_on and decided_on < asked_on else {}


def _of_days(decision: str, starts_on: date | None, ends_on: date | None) -> dict[str, FundingProblem]:
    if decision != FundingDecision.GRANTED:
        given = {"starts_on": starts_on, "ends_on": ends_on}
        return {name: FundingProblem.NOT_GRANTED for name, day in given.items() if day}
    if starts_on is None:
        return {"starts_on": FundingProblem.NO_START}
    return {"ends_on": FundingProblem.ENDS_BEFORE_START} if ends_on and ends_on < starts_on else {}


@transaction.atomic
def add(case: Case, by: Membership, facts: Facts) -> Funding:
    """Record a funding. Raises FundingRefused."""
    _check(facts)
    current = _locked(case.pk)

    def write() -> Funding:
        return Funding.objects.create(office_id=current.office_id, case=current, **asdict(facts))

    return _followed(current, by, write, TimelineKind.FUNDING_RECORDED)


@transaction.atomic
def change(funding: Funding, by: Membership, facts: Facts, *, version: int) -> Funding:
    """Put a funding right, or add what became of it; the same facts change nothing.

    Raises FundingRefused, StaleVersion.
    """
    _check(facts)
    case = _locked(funding.case_id)
    current = Funding.objects.select_for_update().get(pk=funding.pk)
    bump_version(current, version)
    if Facts.of(current) == facts:
        return funding

    def write() -> Funding:
        for name, value in asdict(facts).items():
            setattr(current, name, value)
        current.save()
        return current

    return _followed(case, by, write, TimelineKind.FUNDING_CHANGED)


def _followed(case: Case, by: Membership, write: Callable[[], Funding], kind: TimelineKind) -> Funding:
    """Write, tell, and do what follows from it: the application, deadlines."""
    rows = Funding.objects.for_office(case.office_id).filter(case=case)
    before = rules.last_day_of_benefit(rows)
    funding = write()
    record(case, kind, by, params=_params(funding), text=funding.text)
    if funding.kind == FundingKind.START_BENEFIT and case.has_application is not True:
        moment = clock.now() if funding.asked_on == clock.today() else clock.at(funding.asked_on, 0)
        services.record_application(case, by, True, received_at=moment, version=case.version)
    after = rules.last_day_of_benefit(rows.all())
    if before != after:
        deadlines.follow_benefit(case, by, after)
    return funding


def _params(funding: Funding) -> dict[str, str]:
    """Codes, days and the amount as plain values; what is not known is left out."""
    plain = {
        "about": funding.kind,
        "decision": funding.decision,
        "amount": str(funding.amount) if funding.amount is not None else "",
        **{
            name: day.isoformat() if (day := getattr(funding, name)) else ""
            for name in ("asked_on", "decided_on", "starts_on", "ends_on")
        },
    }
    return {name: str(value) for name, value in plain.items() if value}


def _check(facts: Facts) -> None:
    if problems := problems_of(asdict(facts), clock.today()):
        raise FundingRefused(problems)


def _locked(case_id: int) -> Case:
    """The case, locked before its rows: what follows may change it too."""
    return Case.objects.select_for_update().get(pk=case_id)
