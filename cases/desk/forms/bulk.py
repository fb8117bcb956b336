"""Many cases at once: which ones, what is done to them, and that it is meant."""

import uuid
from functools import lru_cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.files.enums import BulkKind, Outcome
from cases.files.worklist import NOBODY
from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.abstract import is_version

from .short_messages import ShortMessageForm
from .worklist import Choices

MOST_CASES = 50  # a page of the list
NEEDED = {
    BulkKind.ASSIGN: ("advisor", _("Please choose who is to be responsible.")),
    BulkKind.PUT_LABEL: ("label", _("Please choose a label.")),
    BulkKind.TAKE_LABEL: ("label", _("Please choose a label.")),
    BulkKind.CLOSE: ("outcome", _("Please say how the cases ended.")),
}
GONE = _("What you chose is not there any more. Please choose again.")
CHOOSE = ("", _("Please choose"))


class BulkForm(forms.Form):
    """What is done: the button that was pressed and the choice beside it. Cases are read by `case_uuids`."""

    act = forms.ChoiceField(choices=BulkKind.choices)
    advisor = forms.ChoiceField(label=_("Advisor"), required=False, error_messages={"invalid_choice": GONE})
    label = forms.ChoiceField(label=_("Label"), required=False, error_messages={"invalid_choice": GONE})
    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=[CHOOSE, *Outcome.choices], required=False,
        error_messages={"invalid_choice": GONE},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, staff: Choices, labels: Choices):
        super().__init__(data, auto_id="bulk_%s")
        members = [(key, name) for _key, key, name in staff]
        self.fields["advisor"].choices = [CHOOSE, (NOBODY, pgettext_lazy("advisor", "Nobody")), *members]
        self.fields["label"].choices = [CHOOSE, *((key, name) for _key, key, name in labels)]

    def clean(self) -> dict[str, Any]:
        """The choice that belongs to the button has to be made; the others count for nothing."""
        if act := self.cleaned_data.get("act"):
            field, message = NEEDED[act]
            if field not in self.errors and not self.cleaned_data.get(field):
                self.add_error(field, message)
            for other in {"advisor", "label", "outcome"} - {field}:
                self.errors.pop(other, None)
        return self.cleaned_data

    @property
    def choice(self) -> tuple[BulkKind, str]:
        """What is done, and the UUID or code that was chosen for it."""
        kind = BulkKind(self.cleaned_data["act"])
        return kind, self.cleaned_data[NEEDED[kind][0]]

    @property
    def repeated(self) -> dict[str, str]:
        """What the page with the preview sends again."""
        kind, value = self.choice
        return {"act": kind.value, NEEDED[kind][0]: value}

    @property
    def first_error(self) -> str:
        return next((message for messages in self.errors.values() for message in messages), "")


class BulkConfirmForm(FormTokenMixin, BulkForm):
    """The same from the page that has shown what will happen to each case."""


def drawn(staff: Choices, labels: Choices) -> SafeString:
    """What can be chosen below the list as HTML: the same for the whole office, drawn once, then remembered."""
    return _drawn_once(get_language(), staff, labels)


@lru_cache(maxsize=64)
def _drawn_once(language: str, staff: Choices, labels: Choices) -> SafeString:
    """`language` is the active one and only keeps the drawings apart."""
    context = {"form": BulkForm(staff=staff, labels=labels), "message": ShortMessageForm(auto_id="bulk_%s")}
    return render_to_string("cases/_bulk.html", context)


def case_uuids(data: QueryDict) -> list[uuid.UUID]:
    """The cases that were chosen in the list; what is no UUID is left out."""
    return [found for found in map(_uuid, data.getlist("case")[:MOST_CASES]) if found]


def seen_versions(data: QueryDict) -> dict[uuid.UUID, int]:
    """Cases of the page with the preview and the versions it showed, from values like "<uuid>:3"."""
    pairs = (value.partition(":") for value in data.getlist("seen")[:MOST_CASES])
    found = {_uuid(key): int(version) for key, _colon, version in pairs if is_version(version)}
    return {key: version for key, version in found.items() if key}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
