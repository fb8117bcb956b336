"""Words of an office's own, put on its cases."""

from django.db import models

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, OfficeOwned

from .case import Case


@history.track(exclude=["sort_name"])
class Label(OfficeOwned, Identified, Versioned):
    """A word of the office by which its team sorts cases. Team leads choose the words; anybody puts them on cases."""

    name = models.CharField(max_length=40)
    sort_name = models.CharField(max_length=40)  # folded: "Café" and "cafe" are one label
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="label_id_office"),
            models.UniqueConstraint(fields=["office", "sort_name"], name="label_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


@history.track()
class CaseLabel(OfficeOwned):
    """A label on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="cases")
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "label"], name="case_label_once")]
        indexes = [models.Index(fields=["office", "label", "case"], name="case_label_by_label")]

    def __str__(self) -> str:
        return f"{self.case}: {self.label}"
