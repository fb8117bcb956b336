"""Choosing messages, writing their texts."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.forms import FreeTextField, KernHelper, TextField
from gruendungswerkstatt.common.ids import new_uuid

from . import registry
from .enums import Channel, MessageState
from .linting import BODY_LENGTH, TITLE_LENGTH, Finding
from .office_texts import Slot
from .wordings import Wording


def _kind_choices() -> list[tuple[str, object]]:
    return [("", _("All kinds")), *((kind.code, kind.label) for kind in registry.kinds())]


class LedgerFilterForm(forms.Form):
    """Filters of the list, from the address. A choice that does not exist counts as no filter."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All that somebody wants")), *MessageState.choices]
    )
    channel = forms.ChoiceField(label=_("Way"), required=False, choices=[("", _("All ways")), *Channel.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_kind_choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(submit=_("Show"))
        self.helper.form_method = "get"
        self.helper.form_class = "gw-filters"
        self.helper.hide_optional = True

    def chosen(self) -> dict[str, str]:
        """Filters for `selectors.ledger`."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("state", "channel", "kind")}


class GoBackForm(FormTokenMixin):
    """Back to the shipped text, from the version that was read."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class MessageTextForm(GoBackForm):
    """The text of one kind, way and language; only mails have a subject."""

    title = TextField(label=_("Subject"), max_length=TITLE_LENGTH)
    body = FreeTextField(
        label=_("Text"),
        max_length=BODY_LENGTH,
        help_text=_("An empty line begins a new paragraph. A line is left out if its placeholder has no value."),
    )

    def __init__(self, *args: Any, slot: Slot, **kwargs: Any):
        initial = {"version": slot.version, "title": slot.wording.title, "body": slot.wording.body}
        super().__init__(*args, initial=initial, **kwargs)
        if slot.channel != Channel.EMAIL:
            del self.fields["title"]
        direction = "rtl" if get_language_info(slot.language)["bidi"] else "ltr"
        for name in ("title", "body"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"lang": slot.language, "dir": direction}
        self.fields["body"].widget.attrs["rows"] = 14
        self.helper = KernHelper(submit=_("Save"))
        self.helper.add_input(Submit("preview", _("Preview"), css_class="kern-btn--secondary"))
        if slot.channel == Channel.EMAIL:
            self.helper.add_input(Submit("test", _("Send to myself"), css_class="kern-btn--secondary"))

    def wording(self) -> Wording:
        """What was typed."""
        return Wording(self.cleaned_data["body"], self.cleaned_data.get("title", ""))

    def add_findings(self, found: Iterable[Finding]) -> None:
        """Say beside each field why it is refused."""
        for finding in found:
            self.add_error(finding.field, forms.ValidationError(finding.message, code=finding.reason.value))

    def add_stale(self, slot: Slot) -> None:
        """Say that somebody was quicker; sending again then replaces what the page now shows of `slot`."""
        self._set("version", slot.version)
        self.add_error(
            None,
            _("Somebody else changed this text in the meantime. Their text stands above yours; saving replaces it."),
        )

    def renew_token(self) -> None:
        """Let the form be sent once more."""
        self._set("form_token", new_uuid())

    def _set(self, name: str, value: object) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = str(value)
