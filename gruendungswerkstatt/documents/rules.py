"""How much is taken at once and from one person, and which address takes files at all."""

from collections.abc import Callable

from django.http import HttpResponse

MEGABYTE = 1_000_000
MOST_BYTES = 10 * MEGABYTE  # of one file
MOST_AT_ONCE = 10  # files of one sending
MOST_BYTES_AT_ONCE = MOST_AT_ONCE * MOST_BYTES + MEGABYTE  # of the whole body of a request
MOST_FILES = 50  # of one person
MOST_BYTES_OF_ONE = 200 * MEGABYTE  # of one person
MOST_BYTES_ELSEWHERE = MEGABYTE  # of the body of a request to any other address

View = Callable[..., HttpResponse]


def takes_files(view: View) -> View:
    """Mark a view as one that takes files; everywhere else a body that is too large for a form is refused unread."""
    view.takes_files = True
    return view
