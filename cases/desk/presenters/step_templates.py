"""Templates of steps for the team: what is offered for a case, and what the office has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from cases.desk.forms.steps import ChooseForm
from cases.files.enums import Phase, StepActor
from cases.files.step_templates import Offer, Template
from gruendungswerkstatt.common.lists import listed
from intake import hints


@dataclass(frozen=True)
class TemplateLine:
    """A template in words: its text, what it is about, what is missing."""

    template: Template
    facts: list[Any]
    missing: str


@dataclass(frozen=True)
class TemplateGroup:
    """Templates of a phase."""

    title: Any
    lines: list[TemplateLine]


def template_groups(templates: Iterable[Template]) -> list[TemplateGroup]:
    """The office's templates by phase, for the team lead's list."""
    return [TemplateGroup(title, [_line(one) for one in found]) for title, found in _by_phase(templates)]


def _line(template: Template) -> TemplateLine:
    names = listed(get_language_info(code)["name_translated"] for code in template.languages_missing)
    return TemplateLine(
        template, facts(template), _("Not said in: %(languages)s") % {"languages": names} if names else ""
    )


def who_and_why(template: Template) -> list[Any]:
    """Who does it, for which hint."""
    hint = hints.by_code(template.hint_code)
    return [StepActor(template.actor).label, *([hint.title] if hint else [])]


def facts(template: Template) -> list[Any]:
    """The same, and until when."""
    found = who_and_why(template)
    if template.days is not None:
        found.append(ngettext("due after %(n)s day", "due after %(n)s days", template.days) % {"n": template.days})
    return found


@dataclass(frozen=True)
class ChoiceGroup:
    """Templates to choose from under one heading; `rows` are (template, its box, its day, what it is about)."""

    title: Any
    rows: list[tuple[Template, Any, Any, list[Any]]]


def choice_groups(offer: Offer, form: ChooseForm) -> tuple[list[ChoiceGroup], list[ChoiceGroup]]:
    """What fits the case, which is seen at once, and the others by phase, which wait closed."""
    fitting = [_choices(_("For this phase and these hints"), offer.fitting, form)] if offer.fitting else []
    return fitting, [_choices(title, found, form) for title, found in _by_phase(offer.others)]


def _choices(title: Any, templates: Iterable[Template], form: ChooseForm) -> ChoiceGroup:
    rows = [(template, take, until, who_and_why(template)) for template, take, until in form.rows(templates)]
    return ChoiceGroup(title, rows)


def _by_phase(templates: Iterable[Template]) -> list[tuple[Any, list[Template]]]:
    found: dict[str, list[Template]] = {}
    for template in templates:
        found.setdefault(template.phase, []).append(template)
    return [(Phase(phase).label if phase else _("For every phase"), ones) for phase, ones in found.items()]
