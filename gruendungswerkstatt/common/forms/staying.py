"""Buttons of a form that only change how its page is shown: another language, a second one beside it, dark or light.

Nothing is checked or done then, and everything that was typed stands in its field again.
"""

from typing import Any

from django import forms
from django.http import HttpRequest

FORM_ID = "typed"
# Names of the buttons; the value CHECKED says that the page was naming mistakes, and names them again.
STAYING = ("stay", "beside", "theme")
CHECKED = "checked"


def is_staying(request: HttpRequest) -> bool:
    """Whether one of these buttons was pressed."""
    return any(name in request.POST for name in STAYING)


class StaysMixin(forms.Form):
    """A form that may be sent only to be shown again: never valid then.

    The form tag of its page has the id FORM_ID. `posts_to` names the address it is sent to, "" for that of the page.
    """

    posts_to = ""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_staying = self.is_bound and any(name in self.data for name in STAYING)

    def full_clean(self) -> None:
        if not self.is_staying or self.data.get("stay") == CHECKED:
            super().full_clean()
            return
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_staying

    def __getitem__(self, name: str) -> forms.BoundField:
        if self.is_staying and isinstance(widget := self.fields[name].widget, forms.PasswordInput):
            widget.render_value = True  # only now: a PIN that was refused is typed again
        return super().__getitem__(name)
