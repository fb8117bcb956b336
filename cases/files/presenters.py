"""What this room's rows are called in words, for the advisor's pages and the founder's."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short, day_words, moment_words
from gruendungswerkstatt.common.templatetags.bidi import bdi, ltr

from .enums import FundingDecision, FundingKind
from .models import Funding

_DECIDED = {
    FundingDecision.GRANTED: gettext_lazy("Granted on %(day)s"),
    FundingDecision.REFUSED: gettext_lazy("Refused on %(day)s"),
    FundingDecision.WITHDRAWN: gettext_lazy("Withdrawn on %(day)s"),
}
_TOLD = ("asked_on", "decision", "decided_on", "starts_on", "ends_on", "amount")


def funding_title(funding: Funding) -> SafeString | str:
    """What it is: own words for something else, else the name of its kind."""
    return bdi(funding.text) if funding.kind == FundingKind.OTHER else str(FundingKind(funding.kind).label)


def funding_facts(funding: Funding) -> list[SafeString | str]:
    """What was asked, decided and granted, in the order in which it happens; what is not known is left out."""
    facts = [_("Asked for on %(day)s") % {"day": day_short(funding.asked_on)}]
    if funding.decision in FundingDecision.values and funding.decided_on:
        facts.append(_DECIDED[FundingDecision(funding.decision)] % {"day": day_short(funding.decided_on)})
    if funding.starts_on and funding.ends_on:
        days = {"first": day_short(funding.starts_on), "last": day_short(funding.ends_on)}
        facts.append(_("from %(first)s until %(last)s") % days)
    elif funding.starts_on:
        facts.append(_("from %(first)s") % {"first": day_short(funding.starts_on)})
    if funding.amount is not None:
        facts.append(ltr(f"{number_format(funding.amount, 2, force_grouping=True)} €"))
    return facts


def received_words(moment: datetime) -> str:
    """When an application was received; midnight stands for a day of which no time is known (funding.py)."""
    local = clock.local(moment)
    return day_words(local) if local.time() == time.min else moment_words(local)


def told_funding(params: Mapping[str, Any]) -> Funding:
    """The funding that a line of the timeline tells of (funding.py), as it was then; not to be saved."""
    fields = {name: Funding._meta.get_field(name) for name in _TOLD if params.get(name)}
    return Funding(kind=params["about"], **{name: field.to_python(params[name]) for name, field in fields.items()})
