"""The founder as a person, and the keys by which the same person is found in any spelling."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cases.files.enums import ContactWay, DatePrecision, ReminderStyle
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from intake import questions
from network.people.models import Municipality, OfficeOwned


@history.track(exclude=["sort_name"])
class Founder(OfficeOwned, Identified, Versioned):
    """A person who wants to found, known to one office. `name` is what they want to be called; it may be one word."""

    name = models.CharField(max_length=200)
    name_latin = models.CharField(max_length=200, blank=True)  # as in the passport; leads where it is known
    name_original = models.CharField(max_length=200, blank=True)  # in the original script
    sort_name = models.CharField(max_length=200)  # folded display name: sorting never asks the server's collation
    born_on = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=8, choices=DatePrecision, blank=True)
    is_adult = models.BooleanField(null=True, blank=True)  # None: not asked yet; counts as no where it matters
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)  # of messages and pages: one of the interface's languages
    languages = ArrayField(models.CharField(max_length=5), default=list)  # spoken; codes of the intake
    contact_way = models.CharField(max_length=10, choices=ContactWay)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    helper_contact = models.CharField(max_length=200, blank=True)
    may_call_helper = models.BooleanField(null=True, blank=True)  # rule 15; None: not asked, counts as no
    is_phone_shared = models.BooleanField(null=True, blank=True)
    safe_times = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    wants_sms = models.BooleanField(default=False)
    wants_email = models.BooleanField(default=False)
    reminder_style = models.CharField(max_length=12, choices=ReminderStyle, default=ReminderStyle.NEUTRAL)
    own_word = models.CharField(max_length=40, blank=True)  # stands in every message so that it is not taken for spam
    needs_interpreter = models.BooleanField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="founder_id_office"),
            models.CheckConstraint(
                name="founder_birth_date_has_precision", condition=Q(born_on=None) | ~Q(born_precision="")
            ),
        ]
        indexes = [
            models.Index(fields=["office", "municipality"], name="founder_by_town"),
            models.Index(fields=["office", "needs_interpreter"], name="founder_by_interpreter"),
            GinIndex(fields=["languages"], name="founder_by_language"),
            # Who speaks a language, by name: names go with languages, so along the names of all it would be a long way.
            *(
                models.Index(
                    fields=["office", "sort_name", "id"],
                    name=f"founder_by_name_{code}",
                    condition=Q(languages__contains=[code]),
                )
                for code, _label in questions.choices("languages")
            ),
            GinIndex(fields=["phone"], name="founder_by_phone", opclasses=["gin_trgm_ops"]),  # searched by any part
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The passport's form leads, else what the person wants to be called."""
        return self.name_latin or self.name


class NameKey(OfficeOwned):
    """One folded spelling of a founder's name; search looks here, so that every spelling finds the person."""

    founder = models.ForeignKey(Founder, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["founder", "key"], name="name_key_once")]
        indexes = [GinIndex(fields=["key"], name="name_key_search", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.key


class MatchKey(OfficeOwned):
    """What somebody else's record would have in common with this founder's, as a number (blocking.py).

    Nothing can be read from it: it only leads to the few founders that a new enquiry is compared with.
    """

    founder = models.ForeignKey(Founder, on_delete=models.CASCADE, related_name="match_keys", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["founder", "key"], name="match_key_once")]
        indexes = [models.Index(fields=["office", "key", "founder"], name="match_key_lookup")]

    def __str__(self) -> str:
        return str(self.key)
