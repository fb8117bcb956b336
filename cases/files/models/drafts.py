"""What somebody of the office has typed and not saved."""

from django.db import models

from gruendungswerkstatt.common import clock
from network.people.models import Membership, OfficeOwned

from .case import Case


class NoteDraft(OfficeOwned):
    """A note that is being written: what stands in the form, so that no lost connection takes it along.

    One for each person and case, seen by that person alone. It is no part of the file: it goes when the note is saved,
    a day after the last key, or when the person leaves (drafting.py). `page` names the open page that saved it last.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()  # as typed
    page = models.CharField(max_length=36)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "author"], name="note_draft_once")]
        indexes = [models.Index(fields=["saved_at"], name="note_draft_by_age")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.author_id}"
