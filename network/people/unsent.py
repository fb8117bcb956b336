"""A form that was sent after its session had ended: what was typed waits in the sign-in page and is offered again.

It travels sealed inside the page, not in the session of somebody who is not signed in: nobody can fill our database
from outside, and nothing of it stays on the server if that person goes away. Once the password was right it is kept
in the session until it is sent or discarded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from gruendungswerkstatt.common.middleware import UNTOUCHED

SALT = "network.people.unsent"
SESSION_KEY = "unsent_form"
MAX_AGE = 60 * 60  # seconds that a sign-in page may lie open
MOST_CHARACTERS = 200_000  # sealed; more than this does not fit beside a password into one request
ACTING_AS = "acting_as"  # the field that says for which membership a page was made
_CSRF_FIELD = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class UnsentForm:
    """Where a form was sent to and what was in it, as (name, value) pairs."""

    path: str
    fields: tuple[tuple[str, str], ...]


def seal(request: HttpRequest) -> str:
    """The posted form as signed text; "" if it cannot be kept: files, passwords, too long."""
    if request.FILES or UNTOUCHED.intersection(request.POST):
        return ""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != _CSRF_FIELD]
    sealed = signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)
    return sealed if len(sealed) <= MOST_CHARACTERS else ""


def keep(session, sealed: str) -> bool:
    """Put a sealed form into the session; False if there is none, it is too old, or was not sealed here."""
    try:
        session[SESSION_KEY] = signing.loads(sealed, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return True


def kept(session) -> UnsentForm | None:
    """The form kept in this session."""
    found = session.get(SESSION_KEY)
    return UnsentForm(path=found[0], fields=tuple((name, value) for name, value in found[1])) if found else None


def belongs_to(form: UnsentForm, membership_uuids: Iterable[str]) -> bool:
    """Whether somebody with these memberships may see `form`: it names the one it was typed for (see acting.py)."""
    typed_for = dict(form.fields).get(ACTING_AS)
    return typed_for is None or typed_for in membership_uuids


def discard(session) -> None:
    session.pop(SESSION_KEY, None)
