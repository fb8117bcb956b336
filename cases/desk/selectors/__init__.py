"""What the desk's lists show, put together from several rooms."""

from .day import Day, DayRow, Whose, day_of, inbox, referral_for_office
from .worklist import COUNTED, DeskFilters, counts, deletable_view, saved_views, worklist_rows

__all__ = [
    "COUNTED",
    "Day",
    "DayRow",
    "DeskFilters",
    "Whose",
    "counts",
    "day_of",
    "deletable_view",
    "inbox",
    "referral_for_office",
    "saved_views",
    "worklist_rows",
]
