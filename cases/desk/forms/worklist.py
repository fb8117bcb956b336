"""What one can search and filter the cases by."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.bootstrap import AccordionGroup
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.files.enums import CaseState, Phase
from cases.files.selectors import NOBODY, ORDERINGS, WorklistFilters
from gruendungswerkstatt.common.forms import KernHelper
from gruendungswerkstatt.common.paging import Ordering
from intake import questions
from network.people.models import Membership

from .base import staff_choices

MINE = "mine"
MAX_LENGTH = 200
FILTERS = ("advisor", "phase", "state", "municipality", "language", "sector")


class WorklistForm(forms.Form):
    """The search of the worklist; a GET form whose values make the page's address.

    A value that the list does not know (an old bookmark, a typo) is left out instead of being complained about.
    """

    q = forms.CharField(
        label=_("Name, reference number or telephone"),
        max_length=MAX_LENGTH,
        required=False,
        error_messages={"max_length": _("Please search with at most %(limit_value)d characters.")},
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    advisor = forms.ChoiceField(label=_("Advisor"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), choices=[("", _("All phases")), *Phase.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All states")), *CaseState.choices], required=False)
    municipality = forms.ChoiceField(label=_("Town"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=[(o.code, o.label) for o in ORDERINGS.values()], required=False)

    def __init__(self, data: Any, *, staff: Sequence[Membership], membership: Membership):
        super().__init__()
        self._members = {str(member.uuid): member for member in staff} | {MINE: membership}
        self.fields["advisor"].choices = [
            ("", _("All advisors")),
            (MINE, _("My cases")),
            (NOBODY, _("Without advisor")),
            *staff_choices(staff),
        ]
        self.whose = [("", _("All cases")), *self.fields["advisor"].choices[1:3]]
        towns = [(code, label) for code, label in questions.choices("municipality") if code != questions.OUTSIDE]
        self.fields["municipality"].choices = [("", _("All towns")), *towns]
        self.fields["language"].choices = [("", _("All languages")), *questions.choices("languages")]
        self.fields["sector"].choices = [("", pgettext_lazy("sectors", "All")), *questions.choices("sector")]
        self.data = self._known(data)
        self.is_bound = True
        self.helper = KernHelper(self, tag=False)
        self.helper.hide_optional = True
        self.helper.layout = Layout(
            Div("q", "sort", css_class="gw-filters"),
            AccordionGroup(_("Filters"), Div(*FILTERS, css_class="gw-filters"), active=self.has_filters),
        )

    @property
    def has_filters(self) -> bool:
        return any(self.data[name] for name in FILTERS)

    def _known(self, data: Any) -> dict[str, str]:
        known = {"q": data.get("q", "")}
        for name in (*FILTERS, "sort"):
            value = data.get(name, "")
            known[name] = value if self.fields[name].valid_value(value) else ""
        known["sort"] = known["sort"] or next(iter(ORDERINGS))
        return known

    @property
    def filters(self) -> WorklistFilters:
        """What was chosen."""
        chosen = {name: self.cleaned_data[name] for name in FILTERS}
        advisor = chosen["advisor"]
        chosen["advisor"] = NOBODY if advisor == NOBODY else self._members.get(advisor)
        return WorklistFilters(search=self.cleaned_data["q"], **chosen)

    @property
    def ordering(self) -> Ordering:
        return ORDERINGS[self.cleaned_data["sort"]]

    @property
    def address(self) -> str:
        """The query string that gives this list again, without what was left open."""
        first_sort = next(iter(ORDERINGS))
        pairs = ((name, self.data[name]) for name in ("q", *FILTERS, "sort"))
        return urlencode([(name, value) for name, value in pairs if value and (name, value) != ("sort", first_sort)])
