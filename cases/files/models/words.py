"""What the office makes of a founder's own words: the words themselves stay as they were written (rule 6)."""

from django.db import models

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from intake.models import Submission
from network.people.models import Membership, OfficeOwned


# The digest follows from the words: the history shows those.
@history.track(exclude=["source_digest"])
class Translation(OfficeOwned, Identified, Versioned):
    """An answer in own words, translated by somebody of the office. It belongs to the enquiry and goes where that goes.

    `source_digest` is that of the words which were translated (translating.digest_of): once the answer has another
    one, the translation is stale.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=24)  # its key in the questionnaire
    language = models.CharField(max_length=5)  # in which the translation is written
    text = models.TextField()
    source_digest = models.CharField(max_length=64)
    is_from_machine = models.BooleanField(default=False, db_default=False)  # it began as a suggestion, `author` read it
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["question", "language"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "question", "language"], name="translation_once"),
            models.CheckConstraint(name="translation_says_something", condition=~models.Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.question} {self.language}"
