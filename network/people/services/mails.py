"""Mails about accounts: rows that wait to be sent, so that neither a lost broker nor a mail server loses one.

No row, task argument or log holds the secret of a link: it is made while the mail is written.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_info, override

from gruendungswerkstatt.common import clock, dates
from gruendungswerkstatt.common.queue import enqueue, task_name
from network.people.enums import AccountMailKind, InvitationState
from network.people.links import invitation_path
from network.people.models import AccountMail, Invitation, User

logger = logging.getLogger(__name__)

SEND = task_name("people.send_mails")
MAX_ATTEMPTS = 10
LONGEST_WAIT = 60  # minutes between two attempts
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"  # what <bdi> is in plain text (UAX #9)


def queue(kind: AccountMailKind, *, user: User | None = None, invitation: Invitation | None = None) -> None:
    """Have a mail of `kind` sent after commit; one that still waits is not joined by a second."""
    if not AccountMail.objects.filter(kind=kind, user=user, invitation=invitation).exists():
        AccountMail.objects.create(kind=kind, user=user, invitation=invitation)
    enqueue(SEND)


def send_due() -> int:
    """Send every mail that is due; gives how many went out. May run side by side: each takes rows nobody else holds."""
    sent = 0
    while (outcome := _send_next()) is not None:
        sent += outcome
    return sent


@transaction.atomic
def _send_next() -> bool | None:
    """Send one mail; None if none is due, False if it could not be sent or need not be any more.

    The row stays locked while the mail server is spoken to. If this process dies in between, the mail goes out again.
    """
    due = AccountMail.objects.filter(due_at__lte=clock.now()).order_by("due_at", "id")
    row = due.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    try:
        mail = _compose(row)
        if mail:
            mail.send()
    except (OSError, ValueError):  # the server (SMTPException is an OSError), or an address no mail head takes
        logger.warning("A mail about an account was not sent", exc_info=True, extra={"kind": row.kind})
        _try_later(row)
        return False
    row.delete()
    return mail is not None


def _try_later(row: AccountMail) -> None:
    row.attempts += 1
    if row.attempts >= MAX_ATTEMPTS:
        row.delete()
        return
    row.due_at = clock.now() + timedelta(minutes=min(2**row.attempts, LONGEST_WAIT))
    row.save(update_fields=["attempts", "due_at"])


def _compose(row: AccountMail) -> EmailMultiAlternatives | None:
    """The mail in its reader's language; None if what it was about is over."""
    if row.invitation:
        if row.invitation.state != InvitationState.OPEN:
            return None
        address, language = row.invitation.email, row.invitation.language
    else:
        if not row.user.is_active:
            return None
        address, language = row.user.email, row.user.language
    with override(language):
        context = _CONTEXTS[AccountMailKind(row.kind)](row) | {
            "language": language,
            "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        }
        folder = f"people/mails/{row.kind}"
        subject = " ".join(render_to_string(f"{folder}/subject.txt", context).split())
        body = _lines(render_to_string(f"{folder}/body.txt", context))
        headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834: holiday notices do not answer
        mail = EmailMultiAlternatives(subject=subject, body=body, to=[address], headers=headers)
        mail.attach_alternative(render_to_string(f"{folder}/body.html", context), "text/html")
    return mail


def _lines(text: str) -> str:
    """Without the blanks that tags leave: never more than one empty line in a row."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.strip())
    return "\n".join(lines)


def _invitation(row: AccountMail) -> dict[str, Any]:
    invitation = row.invitation
    names = {
        "name": invitation.name,
        "author": invitation.invited_by.user.name,
        "organisation": invitation.organisation.name,
    }
    return {
        "link": _absolute(invitation_path(invitation)),
        "expires_at": invitation.expires_at,
        "day": dates.day_short(invitation.expires_at),
        "names": names,
        "isolated": {key: f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}" for key, value in names.items()},
    }


def _password_reset(row: AccountMail) -> dict[str, Any]:
    # The same key that allauth's own form would put into the address; the page behind it is allauth's.
    key = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(row.user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(row.user), "key": key})
    return {"link": _absolute(path), "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}


def _factor_reset(row: AccountMail) -> dict[str, Any]:
    return {"link": _absolute(reverse("account_login"))}


_CONTEXTS: dict[AccountMailKind, Callable[[AccountMail], dict[str, Any]]] = {
    AccountMailKind.INVITATION: _invitation,
    AccountMailKind.PASSWORD_RESET: _password_reset,
    AccountMailKind.FACTOR_RESET: _factor_reset,
}


def _absolute(path: str) -> str:
    """From the settings, never from a request: nobody can have a link sent that leads to another host."""
    return settings.SITE_URL.rstrip("/") + path
