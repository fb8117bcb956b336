"""What stands behind the buttons of "My day": a token, so that a second click does nothing, and what is needed."""

from django import forms

from .base import DeskForm


class DoneForm(DeskForm):
    """A button that says all by itself."""

    code = "done"


class TookPlaceForm(DeskForm):
    """An appointment as it was when the page was made."""

    code = "took"

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
