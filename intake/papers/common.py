"""What receipt, card and paper form have in common."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gruendungswerkstatt.common.context import Office
from gruendungswerkstatt.common.phones import readable
from gruendungswerkstatt.printing import ltr

GERMAN = "de"
# Rule 1, in the words of the pages.
RULE = _("Please do not register a business before our first talk.")
RULE_REASON = _("Money for the start has to be asked for before the start. We explain everything in the talk.")


def beside_german(language: str) -> tuple[str, ...]:
    """The languages of a paper that a founder reads in `language` and an office in German; the founder's first."""
    known = dict(settings.LANGUAGES)
    reader = language if language in known else GERMAN
    return (reader,) if reader == GERMAN else (reader, GERMAN)


def office_names(office: Office, languages: Sequence[str]) -> list[str]:
    """How the office is called in each of `languages`."""
    return [office.names.get(code, office.name) for code in languages]


def telephone(office: Office) -> str:
    """The office's number as people dial it, set off; "" if it has none."""
    return ltr(readable(office.phone)) if office.phone else ""


def address(office: Office) -> str:
    """Street, postal code and place in one line."""
    return ", ".join(filter(None, (office.street, f"{office.postal_code} {office.place}".strip())))


def page_address(name: str, language: str, **parameters: str) -> str:
    """The address of a public page as people type it."""
    with override(language):
        return f"{settings.SITE_URL.rstrip('/')}{reverse(name, kwargs=parameters)}"
