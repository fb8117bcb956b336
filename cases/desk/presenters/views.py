"""Saved views of the worklist with how many cases each has."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.desk.models import SavedView
from cases.desk.selectors import COUNTED


@dataclass(frozen=True)
class ViewRow:
    """A view; `is_whole` is False where one of its filters does not exist any more."""

    view: SavedView
    count: str
    is_whole: bool
    can_delete: bool


def count_words(count: int) -> str:
    """ "12", or "1,000+"."""
    return _("1,000+") if count > COUNTED else str(count)
