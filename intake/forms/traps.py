"""What tells a program from a person without asking anybody to prove anything: a field nobody sees, and the time taken.

Whoever is caught is taken all the same; the enquiry only carries a mark for the inbox (docs/adr/0025). People who fill
in forms with a screen reader, a password manager or somebody at their side fall into neither by what they do normally.
"""

from datetime import timedelta

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
from intake.enums import CheckMark
from intake.rules import FASTEST_PAGE

_SALT = "intake.begun"
TRAPS = ("begun", "leave_empty")


class UnseenInput(forms.TextInput):
    """A field that is taken off the page, off the keyboard's way and out of what a screen reader reads."""

    kern_template = "intake/_unseen.html"

    def __init__(self) -> None:
        # No word that a browser knows stands in the name: it must not be filled in from an address book.
        super().__init__({"tabindex": "-1", "autocomplete": "off"})


class TrapsMixin(forms.Form):
    """A form that anybody on the internet can send; `marks` says what is conspicuous about how it was filled in."""

    begun = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput, initial=lambda: _now_signed())
    leave_empty = forms.CharField(
        required=False, max_length=10_000, label=_("Please leave this field empty."), widget=UnseenInput
    )

    def marks(self) -> list[CheckMark]:
        """What somebody should look at twice. Only for a valid form."""
        taken = _time_since(self.cleaned_data["begun"])
        found = [CheckMark.TRAP] if self.cleaned_data["leave_empty"] else []
        # Without a readable time nothing is known: a page that lay open while the keys changed is nobody's fault.
        return [*found, CheckMark.FAST] if taken is not None and taken < FASTEST_PAGE else found


def _now_signed() -> str:
    return signing.Signer(salt=_SALT).sign(str(clock.now().timestamp()))


def _time_since(signed: str) -> timedelta | None:
    try:
        begun = float(signing.Signer(salt=_SALT).unsign(signed))
    except signing.BadSignature:
        return None
    return timedelta(seconds=clock.now().timestamp() - begun)
