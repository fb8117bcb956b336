"""Writing pages, publishing them, taking feedback about barriers."""

from collections.abc import Collection, Mapping
from dataclasses import asdict

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit import retention
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from gruendungswerkstatt.common.queue import enqueue, task_name
from network.people.models import Membership, Organisation
from network.people.portal_office import as_office

from . import published, selectors
from .enums import PageSlug, Refusal
from .erasure import FEEDBACK
from .models import Feedback, Page, PageVersion
from .pages import FIELDS, LANGUAGES, SOURCE_LANGUAGE, Text

TELL_OFFICE = task_name("content.tell_offices")
MOST_WAITING = 500  # more is not feedback but somebody filling the table

_TOLD = _("Somebody met a barrier on the pages of the portal and wrote to you. Please sign in and read it: %(site)s")


class Refused(Exception):
    """The page is not published, for a reason."""

    def __init__(self, reason: Refusal):
        super().__init__(reason)
        self.reason = reason


class TooMuch(Exception):
    """The office has so much unanswered feedback that no more is taken."""


@transaction.atomic
def save_draft(
    office: Organisation,
    slug: str,
    texts: Mapping[str, Text],
    *,
    version: int,
    confirmed: Collection[str] = (),
    video: str = "",
) -> Page:
    """Store what somebody wrote; visitors see nothing of it yet.

    `version` is the draft's that was read, 0 for the first. A translation counts as made from the German text if it
    changed together with it or afterwards, or if its language is among `confirmed`. Raises StaleVersion.
    """
    before = selectors.draft(office, slug)
    page = _lock(office, slug, version)
    source = texts[SOURCE_LANGUAGE].digest
    for language in LANGUAGES:
        if language in confirmed or texts[language] != before.texts[language]:
            page.translated_from[language] = source
        for name in FIELDS:
            setattr(page, f"{name}_{language}", getattr(texts[language], name))
    page.video = video
    page.changed_at = clock.now()
    page.save()
    return page


def _lock(office: Organisation, slug: str, version: int) -> Page:
    """The draft's row, locked, with its version raised; a new one for the first writing."""
    if version == 0:
        begun = selectors.draft(office, slug)
        page, is_new = Page.objects.get_or_create(
            office=office, slug=slug, defaults={"translated_from": begun.translated_from}
        )
        if not is_new:
            raise StaleVersion
        return page
    page = Page.objects.for_office(office).select_for_update().filter(slug=slug).first()
    if page is None:
        raise StaleVersion
    bump_version(page, seen=version)
    return page


@transaction.atomic
def publish(office: Organisation, slug: str, membership: Membership, *, version: int) -> PageVersion:
    """Show the draft to visitors, as a new version for ever. Of the privacy notice the office then names this one.

    Raises StaleVersion if the draft is not the one that was previewed, and Refused.
    """
    page = Page.objects.for_office(office).select_for_update().filter(slug=slug).first()
    draft = selectors.draft(office, slug)
    if page is None or not draft.differs_from(published.page_of(office.pk, slug)):
        raise Refused(Refusal.NOTHING_NEW)
    if page.version != version:
        raise StaleVersion
    if not draft.texts[SOURCE_LANGUAGE]:
        raise Refused(Refusal.NO_SOURCE)
    row = PageVersion.objects.create(
        office=office,
        page=page,
        number=selectors.last_number(page) + 1,
        texts={language: text.as_dict() for language, text in draft.texts.items() if text},
        office_data=asdict(as_office(office)),
        video=draft.video,
        published_by=membership,
    )
    if slug == PageSlug.PRIVACY:
        _name_notice(office, row)
    return row


def _name_notice(office: Organisation, row: PageVersion) -> None:
    """Consents and enquiries from now on name this version."""
    found = Organisation.objects.select_for_update().get(pk=office.pk)
    found.notice_version = row.name
    bump_version(found)
    found.save(update_fields=["notice_version", "version"])


@transaction.atomic
def receive_feedback(office_id: int, *, text: str, address: str, contact: str, language: str) -> Feedback:
    """Keep what somebody tells about a barrier and let the office know. Raises TooMuch."""
    if selectors.waiting_feedback(office_id) >= MOST_WAITING:
        raise TooMuch
    row = Feedback.objects.create(
        office_id=office_id,
        text=text,
        address=address,
        contact=contact,
        language=language,
        delete_after_on=retention.delete_after(office_id, FEEDBACK),
    )
    enqueue(TELL_OFFICE)
    return row


def answer_feedback(row: Feedback) -> None:
    """Note that somebody took care of it. Twice changes nothing."""
    Feedback.objects.for_office(row.office_id).filter(pk=row.pk, answered_at=None).update(answered_at=clock.now())


@transaction.atomic
def tell_offices() -> int:
    """Send every office with an address one mail that feedback has come in, without its text; how many mails.

    Rows are locked until the mails are handed over, so two workers do not tell twice; what could not be handed over
    is tried at the next beat.
    """
    waiting = Feedback.objects.filter(told_at=None, answered_at=None).exclude(office__email="")
    rows = list(waiting.select_related("office").select_for_update(skip_locked=True, of=("self",)).order_by("pk"))
    offices = {row.office.email for row in rows}
    with override(SOURCE_LANGUAGE):
        for address in sorted(offices):
            send_mail(gettext("New feedback about a barrier"), _TOLD % {"site": settings.SITE_URL}, None, [address])
    Feedback.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=clock.now())
    return len(offices)
