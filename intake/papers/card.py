"""The pocket card: what a founder shows at a front desk, and how to reach the office."""

import io
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common.context import Office
from gruendungswerkstatt.printing import Paper, each, in_each, ltr
from intake.models import Submission
from intake.questions import QUESTIONS

from . import common

TEMPLATE = "intake/papers/card.typ"
TITLE = gettext_lazy("Pocket card")


def card(submission: Submission, office: Office) -> Paper:
    """The card of a sent `submission` on one page: the founder's language, German for the front desk.

    Level 1 of rule 13, so it says less than the status page: no name, no answer, no code. The QR code holds the
    address of the status page and nothing else.
    """
    languages = common.beside_german(submission.language)
    page = common.page_address("status:status_form", languages[0])
    body = {
        "heading": in_each(languages[:1], gettext_lazy("Show this card at the front desk."))[0],
        "reference_label": in_each(languages, gettext_lazy("Reference number")),
        "reference": ltr(submission.reference),
        "phone_label": in_each(languages, gettext_lazy("Phone of the office")),
        "phone": common.telephone(office),
        "office": common.office_names(office, languages),
        "address": common.address(office),
        "front_desk": each([common.GERMAN], lambda: _front_desk(submission))[0],
        "qr_alt": in_each(languages[:1], gettext_lazy("QR code: opens the page that shows where it stands"))[0],
        "page": ltr(page),
        "qr_help": in_each(
            languages,
            gettext_lazy("Here you see where it stands. You need your code for it. The code is not on this card."),
        ),
        "rule": in_each(languages, common.RULE),
    }
    return Paper(TEMPLATE, in_each(languages, TITLE)[0], languages, body, {"qr": qr(page)})


def _front_desk(submission: Submission) -> list[str]:
    language: Any = QUESTIONS["languages"].label_of(submission.language)
    return [
        _("For the front desk"),
        _("This person has an enquiry at the start-up workshop. Please tell the team the reference number, or call."),
        _("Language of the form: %(language)s") % {"language": language},
    ]


def qr(address: str) -> str:
    """A QR code (ISO/IEC 18004, error correction M) that holds `address`, as SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=4, light="#fff")
    return drawn.getvalue().decode()
