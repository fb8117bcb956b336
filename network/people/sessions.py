"""Sessions end: after a time without activity, and after a long day in any case (docs/adr/0021).

The last activity stands in the session, to the minute: no request costs more than reading it, and at most one in a
minute writes. What was typed into a form whose session has ended is not lost (unsent.py).
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY as SIGNED_IN
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from gruendungswerkstatt.common import clock, recording

from .models import User

BEGAN, SEEN = "signed_in_at", "seen_at"  # seconds since 1970
STEP = 60  # seconds between two writes of SEEN
# Asking how much time is left is no activity: an open page asks by itself.
ASKING_VIEW = "people:session_left"


class SessionEndMiddleware:
    """Ends sessions whose time is over, before anybody looks at `request.user`; `request.session_ended` says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_ended = False
        if is_signed_in(request) and seconds_left(request) <= 0:
            request.session.flush()
            request.session_ended = True
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if is_signed_in(request) and request.resolver_match.view_name != ASKING_VIEW:
            _note_activity(request)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the session is a signed-in person's; asks the database only where there is a session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SIGNED_IN in request.session


def seconds_left(request: HttpRequest) -> int:
    """How long a signed-in person's session still lasts if nothing happens; 0 or less: it is over."""
    now = _now()
    idle = settings.SESSION_IDLE_MINUTES * 60 - (now - request.session.get(SEEN, now))
    return min(idle, settings.SESSION_COOKIE_AGE - (now - request.session.get(BEGAN, now)))


def _note_activity(request: HttpRequest) -> None:
    now = _now()
    request.session.setdefault(BEGAN, now)
    if now - request.session.get(SEEN, 0) >= STEP:
        request.session[SEEN] = now


def _now() -> int:
    return int(clock.now().timestamp())


def _begin(sender, request: HttpRequest, user: User, **kwargs) -> None:
    """Start counting and name the person to the history; mails are written in the language of the last sign-in."""
    request.session[BEGAN] = request.session[SEEN] = _now()
    recording.add(user=user.pk)
    language = get_language()
    if getattr(request, "resolver_match", None) and language and user.language != language:
        User.objects.filter(pk=user.pk).update(language=language)


def connect() -> None:
    """Hear of every sign-in, by password, invitation or identity provider."""
    user_logged_in.connect(_begin, dispatch_uid="network.people.sessions")
