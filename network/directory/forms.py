"""What one can search the directory by."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from crispy_forms.bootstrap import AccordionGroup
from crispy_forms.layout import Layout
from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import KernHelper
from network.people.models import Municipality

from .enums import CostKind, Setting, SpokenLanguage
from .models import ServiceTopic
from .rules import MAX_LENGTH
from .selectors import OfferFilters

FACETS = ("topic", "language", "municipality", "setting", "cost")


class OfferSearchForm(forms.Form):
    """The search of the directory; a GET form whose values make the page's address.

    `group` has no control of its own, it is chosen by links; a topic says more than its group and replaces it.
    """

    q = forms.CharField(
        label=_("What are you looking for?"),
        help_text=_("You can write in any language."),
        max_length=MAX_LENGTH,
        required=False,
        error_messages={"max_length": _("Please search with at most %(limit_value)d characters.")},
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    group = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("All languages")), *SpokenLanguage.choices], required=False
    )
    municipality = forms.ChoiceField(label=_("Your town"), required=False)
    setting = forms.ChoiceField(
        label=_("How it takes place"), choices=[("", _("Any way")), *Setting.choices], required=False
    )
    cost = forms.ChoiceField(label=_("Cost"), choices=[("", _("All")), *CostKind.choices], required=False)

    def __init__(self, data: Any, *, topics: Iterable[ServiceTopic], municipalities: Iterable[Municipality]):
        super().__init__(data)
        self.topics = list(topics)
        by_group = groupby(self.topics, key=lambda topic: topic.group)
        self.fields["topic"].choices = [
            ("", _("All topics")),
            *((group.name, [(t.code, t.name) for t in members]) for group, members in by_group),
        ]
        self.fields["group"].choices = [(topic.group.code, topic.group.name) for topic in self.topics]
        self.fields["municipality"].choices = [
            ("", _("The whole Kreis")),
            *((m.code, m.name) for m in municipalities),
        ]
        for name in ("group", *FACETS):
            self.fields[name].error_messages["invalid_choice"] = _("Please choose one of the entries of the list.")
        self.helper = KernHelper(self, tag=False)
        self.helper.hide_optional = True
        self.helper.layout = Layout("q", "group", AccordionGroup(_("More filters"), *FACETS, active=self._has_facet()))

        self.full_clean()

    def _has_facet(self) -> bool:
        return any(self.data.get(name) for name in FACETS)

    @property
    def query(self) -> str:
        return self.cleaned_data.get("q", "")

    @property
    def filters(self) -> OfferFilters:
        """What was chosen and could be read."""
        chosen = {name: self.cleaned_data.get(name, "") for name in FACETS}
        return OfferFilters(group="" if chosen["topic"] else self.cleaned_data.get("group", ""), **chosen)

    @property
    def address(self) -> str:
        """The query string that gives this search again, without what was left empty or could not be read."""
        filters = self.filters
        pairs = [
            ("q", self.query),
            ("group", filters.group),
            *((name, getattr(filters, name)) for name in FACETS),
        ]
        return urlencode([(name, value) for name, value in pairs if value])

    @property
    def chosen_topic(self) -> ServiceTopic | None:
        return next((topic for topic in self.topics if topic.code == self.filters.topic), None)

    @property
    def topics_of_group(self) -> list[ServiceTopic]:
        """The topics of the group that was chosen by link; [] without one."""
        return [topic for topic in self.topics if topic.group.code == self.filters.group]

    @property
    def asks_for_topic_only(self) -> bool:
        return bool(self.filters.topic) and self.address == urlencode({"topic": self.filters.topic})
