"""Figures that were told, as they were told."""

import pgtrigger
from django.db import models

from gruendungswerkstatt.common import clock
from network.people.models import OfficeOwned

from .enums import Table


class Snapshot(OfficeOwned):
    """One table of one year, closed once. The database refuses to change or delete it (docs/adr/0030-statistics.md).

    `figures` holds what is told and nothing else, as `suppression.as_json` makes it. There is no person in it, and
    nobody's work: no advisor, no day.
    """

    year = models.PositiveSmallIntegerField()  # in which the people of the table began
    table = models.CharField(max_length=24, choices=Table)
    figures = models.JSONField()
    closed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "year", "table"], name="snapshot_once")]
        triggers = [pgtrigger.Protect(name="what_was_told_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.year} {self.table}"
