"""The right place in words: what the founder is asked, and the paper that the office sends."""

from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from cases.files.enums import ContactWay
from cases.files.models import Case
from cases.referrals.enums import ConsentWay
from cases.referrals.models import Handover
from gruendungswerkstatt.common.dates import day_short
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.printing import Paper, from_html, isolated, own_words
from intake import questions
from intake.models import Submission

from .submission import answer_sections

PAPER_LANGUAGE = "de"  # those who get it work in German
TEMPLATE = "cases/desk/memo.typ"


def questions_to_ask(place: str, language: str) -> list[dict[str, Any]]:
    """The plain sentence for the founder, in their language and in the reader's (rule 7)."""
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return [_question(place, code) for code in dict.fromkeys([known, get_language()])]


def consent_rows(handover: Handover) -> list[dict[str, Any]]:
    """Who agreed how and when, for {% description_list %}."""
    rows = [
        {"key": _("Handed over to"), "value": format_html("<bdi>{}</bdi>", handover.place)},
        {"key": _("Agreed on"), "value": day_short(handover.given_at)},
        {"key": _("How did the founder answer?"), "value": ConsentWay(handover.given_by).label},
        {"key": _("Interpreted by"), "value": handover.interpreted_by},
        {"key": _("Version of the privacy notice"), "value": f"{handover.notice_version} ({handover.notice_language})"},
        {"key": _("Recorded by"), "value": format_html("<bdi>{}</bdi>", handover.recorded_by.user.name)},
    ]
    return [row for row in rows if row["value"]]


def paper_of_enquiry(handover: Handover, submission: Submission) -> Paper:
    """Name, way to be reached, language and answers, in German; own words as they were written."""
    with override(PAPER_LANGUAGE):
        return _paper(handover, submission.office.name, [], [submission])


def paper_of_case(handover: Handover, case: Case, submissions: list[Submission]) -> Paper:
    """The same of a case with its enquiries."""
    founder = case.founder
    with override(PAPER_LANGUAGE):
        way = ContactWay(founder.contact_way).label if founder.contact_way in ContactWay.values else ""
        reach = {
            ContactWay.PHONE: founder.phone,
            ContactWay.SMS: founder.phone,
            ContactWay.EMAIL: founder.email,
        }.get(founder.contact_way, "")
        facts = [
            (_("Name"), isolated(founder.display_name)),
            (_("Wants to be reached"), listed([way, isolated(reach) if reach else ""])),
            (_("Languages"), listed(questions.label("languages", code) for code in founder.languages)),
        ]
        return _paper(handover, case.office.name, facts, submissions)


def _question(place: str, language: str) -> dict[str, Any]:
    with override(language):
        words = _(
            "We would like to give %(place)s: your name, how to reach you, your language and your answers in our form. "
            "Do you agree? Yes or no: it has no effect on your benefits."
        )
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        parts = str(words).split("%(place)s")
        return {"language": language, "direction": direction, "before": parts[0], "place": place, "after": parts[-1]}


def _paper(handover: Handover, office: str, facts: list[tuple[str, str]], submissions: list[Submission]) -> Paper:
    consent = listed([ConsentWay(handover.given_by).label, day_short(handover.given_at)])
    facts = [
        (_("From"), isolated(office)),
        (_("Handed over to"), isolated(handover.place)),
        *facts,
        (_("Consent"), consent),
    ]
    lines = []
    for row in (row for one in submissions for section in answer_sections(one) for row in section):
        values = [from_html(value) for value in _values(row["value"])]
        if row["own_words"]:
            own = own_words("\n".join(str(value) for value in _values(row["value"])), row["lang"])
            lines.append({"title": row["key"], "when": "", "own": own})
        else:
            facts.append((row["key"], listed(values)))
    heading = _("Handing over of an enquiry")
    body = {
        "heading": [heading],
        "made": [day_short(handover.given_at)],
        "facts": [{"label": str(label), "value": str(value)} for label, value in facts if value],
        "lines_heading": [_("In the person's own words")],
        "lines": lines,
        "steps_heading": [""],
        "steps": [],
    }
    return Paper(TEMPLATE, heading, [PAPER_LANGUAGE], body)


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
