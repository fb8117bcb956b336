"""Pages as drafts, the versions that were published of them, and what people tell about barriers."""

import pgtrigger
from django.db import models

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, OfficeOwned, OfficeOwnedQuerySet

from .enums import PageSlug


class Page(OfficeOwned, Identified, Versioned):
    """What an office is writing: the draft of one page. Visitors see its last PageVersion.

    `title`, `summary` and `body` have a column for each language. `translated_from` holds {language: digest of the
    German text that the translation was made from}.
    """

    slug = models.CharField(max_length=20, choices=PageSlug)
    title = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    video = models.CharField(max_length=200, blank=True)  # a path on our own host
    translated_from = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "slug"], name="content_page_once"),
            models.UniqueConstraint(fields=["id", "office"], name="content_page_id_office"),
        ]

    def __str__(self) -> str:
        return self.slug


class PageVersionQuerySet(OfficeOwnedQuerySet):
    def latest(self):
        """The newest version of every page, with its page."""
        return self.order_by("page_id", "-number").distinct("page_id").select_related("page")


class PageVersion(OfficeOwned):
    """What visitors read from `published_at` on, until the next version. The database refuses to change it.

    `texts` is {language: {"title", "summary", "body"}} with the languages that had a text.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    office_data = models.JSONField()  # what the placeholders stood for on that day, as in context.Office
    video = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="content_version_once")]
        triggers = [pgtrigger.Protect(name="what_was_read_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Names one version among those of all offices; a submission and a consent keep it."""
        return f"{self.office_id}.{self.number}"


class Feedback(OfficeOwned, Identified):
    """Somebody met a barrier (BITV 2.0 § 7, EN 301 549). `contact` is given freely, to get an answer."""

    text = models.TextField()
    address = models.CharField(max_length=200, blank=True)  # of the page it is about
    contact = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5)
    received_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)  # when the office got a mail that there is something
    answered_at = models.DateTimeField(null=True, blank=True)
    delete_after_on = models.DateField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["office", "-received_at"], name="feedback_by_office")]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d}"
