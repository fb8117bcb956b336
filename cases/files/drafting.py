"""A note that is being written is kept beside the file until it is saved, a day at most.

On the server and not in the browser: advisors share computers, and what stands there is social data. It needs no
version as a form does (ADR 6): nobody else sees it, and of two pages of one person the newest words win.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from gruendungswerkstatt.common import clock
from network.people.models import Membership

from .models import Case, Note, NoteDraft

KEPT = timedelta(hours=24)
# A last try that was under way when the note was saved comes so much later at most, and is not a draft any more.
LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Saved:
    """What became of a try to keep a draft: when, and whether it took the place of another open page's words."""

    at: datetime
    is_other_replaced: bool


@dataclass(frozen=True)
class Draft:
    """What somebody has typed, and when it was kept."""

    text: str
    saved_at: datetime
    page: str


@transaction.atomic
def keep(case: Case, by: Membership, text: str, *, page: str, seen: str) -> Saved:
    """Keep `text` as what `by` is writing about `case`; without words there is nothing to keep.

    `page` names the open page, `seen` is the page whose words it began with or knows to have been replaced.
    """
    text = _plain(text)
    own = NoteDraft.objects.filter(case=case, author=by)
    if not text.strip():
        own.delete()
        return Saved(clock.now(), is_other_replaced=False)
    if _is_written(case, by, text):
        return Saved(clock.now(), is_other_replaced=False)
    before = own.select_for_update().first()
    is_other = before is not None and before.page not in (page, seen) and before.text != text and _is_fresh(before)
    draft = before or NoteDraft(office_id=case.office_id, case=case, author=by)
    draft.text, draft.page, draft.saved_at = text, page, clock.now()
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:  # two pages at the very same moment
        own.update(text=text, page=page, saved_at=draft.saved_at)
        is_other = True
    return Saved(draft.saved_at, is_other_replaced=is_other)


def forget(case: Case, by: Membership) -> None:
    """The note is written: nothing waits any more."""
    NoteDraft.objects.filter(case=case, author=by).delete()


def draft_of(reader: Membership) -> Subquery:
    """What `reader` is writing about a case, for `annotate`: a JSON object, None if there is nothing fresh."""
    own = NoteDraft.objects.filter(case=OuterRef("pk"), author=reader, saved_at__gt=clock.now() - KEPT)
    return Subquery(own.values(data=JSONObject(text=F("text"), saved_at=F("saved_at"), page=F("page")))[:1])


def draft_in(case: Case) -> Draft | None:
    """The draft of a case from `selectors.case_for_office` with a reader; None if there is none. No query."""
    found = getattr(case, "note_draft", None)
    if not found:
        return None
    return Draft(found["text"], NoteDraft._meta.get_field("saved_at").to_python(found["saved_at"]), found["page"])


def erase_old() -> int:
    """Erase what nobody came back to for a day, and what somebody left who is gone. Twice does no harm."""
    over = Q(saved_at__lte=clock.now() - KEPT) | Q(author__ended_at__isnull=False) | Q(author__user__is_active=False)
    count, _by_model = NoteDraft.objects.filter(over).delete()
    return count


def _plain(text: str) -> str:
    """With the ends of lines that a stored note has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_fresh(draft: NoteDraft) -> bool:
    return draft.saved_at > clock.now() - KEPT


def _is_written(case: Case, by: Membership, text: str) -> bool:
    """Whether these very words have just become a note."""
    notes = Note.objects.filter(case=case, author=by, written_at__gt=clock.now() - LATE).values_list("text", flat=True)
    return any(_plain(note).strip() == text.strip() for note in notes)
