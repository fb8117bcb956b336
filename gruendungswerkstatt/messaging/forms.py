"""Choosing messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import KernHelper

from . import registry
from .enums import Channel, MessageState


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
