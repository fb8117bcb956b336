"""What one can search and filter the cases by."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from crispy_forms.bootstrap import AccordionGroup
from crispy_forms.layout import Div, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.desk.enums import NextAppointment
from cases.desk.selectors import DeskFilters
from cases.files.enums import CaseState, ContactAge, DueDay, InterpreterNeed, Phase
from cases.files.worklist import NOBODY, ORDERINGS
from gruendungswerkstatt.common.forms import KernHelper
from gruendungswerkstatt.common.paging import Ordering
from intake import questions

Choices = tuple[tuple[int, str, str], ...]  # (key, uuid, name): staff_names of network.people, label_choices of files
MINE = "mine"
MAX_LENGTH = 200
_SEARCHED = "gw-what-is-searched-for"  # stands in the form that is remembered
FILTERS = (
    *("advisor", "phase", "state", "municipality", "language", "interpreter", "sector"),
    *("due", "appointment", "contact", "label"),
)
ANY = pgettext_lazy("filter", "Any")


def _towns() -> list[tuple[str, Any]]:
    towns = [(code, label) for code, label in questions.choices("municipality") if code != questions.OUTSIDE]
    return [("", _("All towns")), *towns]


# A membership's key, or several with those of colleagues who are away.
Own = int | tuple[int, ...] | None


def _states() -> list[tuple[str, Any]]:
    """Without the empty shells of merged cases, which no list shows."""
    return [(code, label) for code, label in CaseState.choices if code != CaseState.MERGED]


class WorklistForm(forms.Form):
    """The search of the worklist; a GET form whose values make the page's address.

    A value that the list does not know (an old bookmark, a typo) is left out instead of being complained about.
    `own` is the key of the membership that looks. Choices are functions: a form that is not drawn needs none of them.
    """

    q = forms.CharField(
        label=_("Name, reference number or telephone"),
        max_length=MAX_LENGTH,
        required=False,
        error_messages={"max_length": _("Please search with at most %(limit_value)d characters.")},
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    advisor = forms.ChoiceField(label=_("Advisor"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), choices=lambda: [("", _("All phases")), *Phase.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=lambda: [("", _("All states")), *_states()], required=False)
    municipality = forms.ChoiceField(label=_("Town"), choices=_towns, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("All languages")), *questions.choices("languages")]
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False,
        choices=lambda: [("", pgettext_lazy("sectors", "All")), *questions.choices("sector")],
    )  # fmt: skip
    interpreter = forms.ChoiceField(
        label=_("Interpreter"), choices=lambda: [("", ANY), *InterpreterNeed.choices], required=False
    )
    due = forms.ChoiceField(label=_("Deadline"), choices=lambda: [("", ANY), *DueDay.choices], required=False)
    appointment = forms.ChoiceField(
        label=_("Next appointment"), choices=lambda: [("", ANY), *NextAppointment.choices], required=False
    )
    contact = forms.ChoiceField(
        label=_("Last contact"), choices=lambda: [("", ANY), *ContactAge.choices], required=False
    )
    label = forms.ChoiceField(label=_("Label"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), choices=lambda: [(o.code, o.label) for o in ORDERINGS.values()], required=False
    )

    def __init__(self, data: Mapping[str, str], *, staff: Choices, labels: Choices = (), own: Own = None):
        super().__init__()
        self.staff, self.labels = staff, labels
        self._label_keys = {uuid: key for key, uuid, _name in labels}
        self._keys = {uuid: key for key, uuid, _name in self.staff} | {MINE: own}
        self.fields["advisor"].choices = self._advisors
        self.fields["label"].choices = lambda: [("", ANY), *((uuid, name) for _key, uuid, name in labels)]
        self.data = self._known(data)
        self.is_bound = True

    def _advisors(self) -> list[tuple[str, Any]]:
        return [("", _("All advisors")), *self.whose[1:], *((uuid, name) for _key, uuid, name in self.staff)]

    @property
    def whose(self) -> list[tuple[str, Any]]:
        """The choices of every day, as links."""
        return [("", _("All cases")), (MINE, _("My cases")), (NOBODY, _("Without advisor"))]

    @property
    def helper(self) -> KernHelper:
        helper = KernHelper(self, tag=False)
        helper.hide_optional = True
        helper.layout = Layout(
            Div("q", "sort", css_class="gw-filters"),
            AccordionGroup(_("Filters"), Div(*FILTERS, css_class="gw-filters"), active=self.has_filters),
        )
        return helper

    def drawn(self) -> SafeString:
        """The fields as HTML. All but what is searched for looks the same for the whole office: it is drawn once and
        remembered, what is searched for is put in afterwards and never kept.
        """
        if self.errors:
            return render_crispy_form(self)
        searched = self.data["q"]
        data = self.data | {"q": _SEARCHED if searched else ""}
        drawn = _drawn_once(get_language(), self.staff, self.labels, tuple(data.items()))
        return SafeString(drawn.replace(_SEARCHED, escape(searched))) if searched else drawn

    @property
    def has_filters(self) -> bool:
        return any(self.data[name] for name in FILTERS)

    def _known(self, data: Mapping[str, str]) -> dict[str, str]:
        known = {"q": data.get("q", "")}
        for name in (*FILTERS, "sort"):
            value = data.get(name, "")
            known[name] = value if value and self.fields[name].valid_value(value) else ""
        known["sort"] = known["sort"] or next(iter(ORDERINGS))
        return known

    @property
    def filters(self) -> DeskFilters:
        """What was chosen."""
        chosen = {name: self.cleaned_data[name] for name in FILTERS}
        advisor = chosen["advisor"]
        chosen["advisor"] = NOBODY if advisor == NOBODY else self._keys.get(advisor)
        chosen["label"] = self._label_keys.get(chosen["label"])
        return DeskFilters(search=self.cleaned_data["q"], **chosen)

    @property
    def ordering(self) -> Ordering:
        return ORDERINGS[self.cleaned_data["sort"]]

    @property
    def address(self) -> str:
        """The query string that gives this list again, without what was left open."""
        return self._address("q", *FILTERS, "sort")

    @property
    def saved_address(self) -> str:
        """The same without what was searched for: names are not kept."""
        return self._address(*FILTERS, "sort")

    def _address(self, *names: str) -> str:
        first_sort = next(iter(ORDERINGS))
        pairs = ((name, self.data[name]) for name in names)
        return urlencode([(name, value) for name, value in pairs if value and (name, value) != ("sort", first_sort)])


@lru_cache(maxsize=256)
def _drawn_once(language: str, staff: Choices, labels: Choices, data: tuple[tuple[str, str], ...]) -> SafeString:
    """The form of these values; `language` is the active one and only keeps the drawings apart."""
    return render_crispy_form(WorklistForm(dict(data), staff=staff, labels=labels))
