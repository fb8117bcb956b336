"""Text blocks: what team leads write, and choosing one for a note or a question."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.enums import BlockPlace
from cases.files.models import TextBlock
from cases.files.text_blocks import Words
from gruendungswerkstatt.common.forms import LineField

from .base import DeskForm, VersionedForm
from .steps import TextsMixin

TEXT_LENGTH = 450  # a question holds it in two languages


class BlockFields(TextsMixin):
    """The fields of a text block."""

    text_length = TEXT_LENGTH

    def add_fields(self, block: TextBlock | None = None) -> None:
        """All of them, with what the block says now."""
        self.add_texts(block.texts if block else None)
        self.fields["name"] = LineField(
            label=_("Name of the text block"),
            max_length=60,
            initial=block.name if block else "",
            help_text=_("Only the team reads it, when choosing."),
        )
        self.fields["place"] = forms.ChoiceField(
            label=_("Where it is offered"),
            choices=BlockPlace.choices,
            initial=block.place if block else BlockPlace.BOTH,
            widget=forms.RadioSelect,
        )
        self.order_fields(["form_token", "version", "name"])

    def said(self) -> dict[str, Any]:
        """What the services store."""
        return {"name": self.cleaned_data["name"], "texts": self.texts(), "place": self.cleaned_data["place"]}


class BlockNewForm(BlockFields, DeskForm):
    """A new text block."""

    code = "new"
    hide_optional = True

    def __init__(self, data: Any = None, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.add_fields()


class BlockForm(BlockFields, VersionedForm):
    """Other words for a text block."""

    code = "change"
    hide_optional = True
    stale_text = _("Somebody else changed this text block in the meantime. Please look at it again, then send again.")

    def __init__(self, data: Any = None, *, block: TextBlock, **kwargs: Any):
        super().__init__(data, version=block.version, **kwargs)
        self.add_fields(block)


class BlockDeleteForm(DeskForm):
    """Deleting a text block; what was written with it stays."""

    code = "delete"

    is_confirmed = forms.BooleanField(
        label=_("Yes, delete this text block."),
        error_messages={"required": _("Please confirm it.")},
    )


class InsertForm(forms.Form):
    """Which block is put into the text above. It writes nothing, so it has no token."""

    chosen = forms.ChoiceField(
        label=_("Text block"),
        required=False,
        error_messages={"invalid_choice": _("This text block was deleted in the meantime.")},
    )

    def __init__(self, data: Any = None, *, words: Iterable[Words]):
        super().__init__(data, auto_id="insert_%s")
        self.known = {one.key: one for one in words}
        choices = [(one.key, one.name) for one in self.known.values()]
        self.fields["chosen"].choices = [("", _("Please choose")), *choices]

    def with_words(self, text: str, place: str, language: str) -> str:
        """`text` with the chosen words behind it."""
        words = self.known.get(self.cleaned_data.get("chosen", "")) if self.is_valid() else None
        said = words.said(place, language) if words else ""
        return "\n\n".join(part for part in (text.strip(), said) if part)
