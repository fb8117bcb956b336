"""How long an office keeps what: the defaults of the classes, or what the office chose instead."""

from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from gruendungswerkstatt.common import clock, retention
from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from gruendungswerkstatt.common.retention import Period, RetentionClass
from network.people.models import Membership, Organisation

from .models import RetentionPeriod


class OutsideLimits(Exception):
    """A period is shorter or longer than the class allows."""


@dataclass(frozen=True)
class Kept:
    """A class as one office keeps it. `version` is 0 while the default holds."""

    retention_class: RetentionClass
    period: Period
    version: int = 0

    @property
    def is_default(self) -> bool:
        return self.period == self.retention_class.default


def kept_by(office: Organisation | int) -> dict[str, Kept]:
    """Every class as `office` keeps it, by code, in one query."""
    chosen = {row.code: row for row in RetentionPeriod.objects.for_office(office)}
    return {
        found.code: Kept(found, found.period(chosen[found.code].amount), chosen[found.code].version)
        if found.code in chosen
        else Kept(found, found.default)
        for found in retention.classes()
    }


def period(office_id: int, code: str) -> Period:
    """How long the office keeps the class `code`. Raises LookupError if no room has it."""
    amounts = RetentionPeriod.objects.for_office(office_id).filter(code=code)
    return _class(code).period(amounts.values_list("amount", flat=True).first())


def delete_after(office_id: int, code: str, day: date | None = None) -> date:
    """The last day on which the office keeps a row of class `code` whose time begins on `day`, today unless given."""
    return period(office_id, code).after(day or clock.today())


def delete_after_in_database(office_id: int, code: str, day: date | None = None) -> RawSQL:
    """The same, asked by the statement that inserts or updates the row: where a query more would be too many."""
    found = _class(code)
    interval = {"days": "1 day", "months": "1 month", "years": "1 year"}[found.default.unit]
    table = RetentionPeriod._meta.db_table
    return RawSQL(  # noqa: S611 (no part of it comes from outside)
        f"(%s::date + COALESCE((SELECT amount FROM {table} WHERE office_id = %s AND code = %s), %s)"  # noqa: S608
        " * %s::interval)::date",
        (day or clock.today(), office_id, code, found.default.amount, interval),
        models.DateField(),
    )


def amount_column(code: str, office: str = "office") -> Combinable:
    """The amount of class `code` for the office of each row, for `annotate`."""
    chosen = RetentionPeriod.objects.filter(office=OuterRef(office), code=code).values("amount")
    return Coalesce(Subquery(chosen), Value(_class(code).default.amount), output_field=models.IntegerField())


@transaction.atomic
def change_period(office: Organisation, by: Membership, code: str, amount: int, *, version: int) -> RetentionPeriod:
    """Let `office` keep class `code` for `amount` units; rows that end already get their new day.

    `version` is the one that was read, 0 for the default. Raises LookupError, OutsideLimits, StaleVersion.
    """
    found = _class(code)
    if not found.least <= amount <= found.most:
        raise OutsideLimits
    row, is_new = RetentionPeriod.objects.select_for_update().get_or_create(
        office=office, code=code, defaults={"amount": amount, "changed_by": by}
    )
    if is_new and version:
        raise StaleVersion
    if not is_new:
        bump_version(row, version)
        row.amount, row.changed_by, row.changed_at = amount, by, clock.now()
        row.save(update_fields=["amount", "changed_by", "changed_at", "version"])
    if found.recompute is not None:
        found.recompute(office.pk, found.period(amount))
    return row


def _class(code: str) -> RetentionClass:
    found = retention.by_code(code)
    if found is None:
        raise LookupError(f"No room has a retention class {code!r}")
    return found
