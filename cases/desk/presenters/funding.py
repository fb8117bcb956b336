"""Funding in one line each: on the case page, on its own page, in the timeline and in the memo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.files.enums import FundingDecision, FundingKind
from cases.files.models import Funding
from cases.files.presenters import funding_facts, funding_title, told_funding
from gruendungswerkstatt.common.rows import row_url
from gruendungswerkstatt.printing import from_html

from .submission import Badge
from .work import Sheet

BADGES = {FundingDecision.GRANTED: "success", FundingDecision.REFUSED: "danger", FundingDecision.WITHDRAWN: "info"}


@dataclass(frozen=True)
class FundingLine:
    """One funding: what it is, where it stands, its days and amount, and where it is changed."""

    title: SafeString | str
    badge: Badge
    facts: SafeString
    url: str


def funding_lines(fundings: Iterable[Funding]) -> list[FundingLine]:
    """`fundings` as the case page and their own page list them."""
    return [
        FundingLine(
            funding_title(funding), _badge(funding), _joined(funding), row_url("cases:funding_change", funding.uuid)
        )
        for funding in fundings
    ]


def funding_sheet(funding: Funding, form: Any) -> Sheet:
    """The form that changes `funding` on its page, below how it stands now."""
    url = row_url("cases:funding_change", funding.uuid)
    title = format_html("{}: {}", _("Change funding"), funding_title(funding))
    return Sheet("sheet-funding", url, title, _("Save funding"), form, (_joined(funding),))


def funding_told(params: Mapping[str, Any]) -> SafeString | str:
    """The detail of a line of the timeline about funding; the name of something else is the line's text."""
    if params.get("about") not in FundingKind.values:
        return ""
    funding = told_funding(params)
    title = funding.get_kind_display() if funding.kind != FundingKind.OTHER else ""
    return format_html_join(" · ", "{}", ((part,) for part in (title, *funding_facts(funding)) if part))


def funding_rows(fundings: Iterable[Funding]) -> list[tuple[str, str]]:
    """(what it is, its days and amount) of each, for paper."""
    return [(from_html(funding_title(funding)), from_html(_joined(funding))) for funding in fundings]


def _badge(funding: Funding) -> Badge:
    if funding.decision not in FundingDecision.values:
        return Badge("warning", pgettext("funding", "Not decided yet"))
    decision = FundingDecision(funding.decision)
    return Badge(BADGES[decision], str(decision.label))


def _joined(funding: Funding) -> SafeString:
    return format_html_join(" · ", "{}", ((fact,) for fact in funding_facts(funding)))
