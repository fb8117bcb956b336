"""Keeping views of the worklist, and taking data out of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from gruendungswerkstatt.audit.services import log_export
from gruendungswerkstatt.common.paging import Ordering, paginate
from network.people.models import Membership

from .enums import ViewRefusal
from .models import SavedView
from .selectors import DeskFilters, worklist_rows

MOST_VIEWS = 20  # of one member
PORTION = 1000
MOST_EXPORTED = 100_000


def export(membership: Membership, filters: DeskFilters, ordering: Ordering) -> Iterator[Sequence[Any]]:
    """Named rows of all cases of the member's office that fit, at most MOST_EXPORTED, in portions; an empty portion at
    the end says that there are more.

    A portion is noted as looked at by the member before it is handed out; so what was sent is noted, also if the
    reader goes away in the middle. Each portion is a page of its own: no cursor and no transaction stays open.
    """
    rows, cursor = worklist_rows(membership.organisation, filters), ""
    for _portion in range(MOST_EXPORTED // PORTION):
        page = paginate(rows, ordering, cursor, PORTION)
        if page.rows:
            log_export(membership, "case", [row.uuid for row in page.rows])
            yield page.rows
        cursor = page.older
        if not cursor:
            return
    yield ()


class ViewRefused(Exception):
    """A view cannot be saved like this; `reason` says why."""

    def __init__(self, reason: ViewRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def save_view(owner: Membership, name: str, query: str, *, is_shared: bool) -> SavedView:
    """Keep filters and sort under a name; `query` without what was searched for. Raises ViewRefused."""
    if SavedView.objects.filter(owner=owner).count() >= MOST_VIEWS:
        raise ViewRefused(ViewRefusal.TOO_MANY)
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                office=owner.organisation, owner=owner, name=name, query=query, is_shared=is_shared
            )
    except IntegrityError:
        raise ViewRefused(ViewRefusal.NAME_TAKEN) from None


def delete_view(view: SavedView) -> None:
    """Forget a view; the cases stay as they are."""
    view.delete()
