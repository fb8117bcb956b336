"""What an office says again and again, in several languages: templates of steps, text blocks."""

from django.db import models
from django.db.models import Q

from cases.files.enums import BlockPlace, Phase, StepActor
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import OfficeOwned


@history.track()
class StepTemplate(OfficeOwned, Identified, Versioned):
    """A step that an office agrees on often, or what it says instead of one that the portal brings along (`code`).

    `texts` is {language: text}; German is always there. `hint_code` names the hint of the intake it belongs to.
    """

    code = models.CharField(max_length=40, blank=True)  # of the shipped one that it stands for
    texts = models.JSONField(default=dict)
    phase = models.CharField(max_length=16, choices=Phase, blank=True)
    hint_code = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=8, choices=StepActor, default=StepActor.FOUNDER)
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # until when, counted from the day it is agreed on
    is_off = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], condition=~Q(code=""), name="step_template_code_once"),
        ]

    def __str__(self) -> str:
        return self.texts.get("de", self.code)


@history.track(exclude=["sort_name"])
class TextBlock(OfficeOwned, Identified, Versioned):
    """Words for notes and for questions to founders. `texts` is {language: text}; German is always there."""

    name = models.CharField(max_length=60)
    sort_name = models.CharField(max_length=60)  # folded, as that of a label
    texts = models.JSONField(default=dict)
    place = models.CharField(max_length=8, choices=BlockPlace, default=BlockPlace.BOTH)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "sort_name"], name="text_block_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
