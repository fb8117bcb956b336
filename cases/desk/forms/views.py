"""Saving a view of the worklist."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import LineField

from .base import DeskForm


class ViewForm(DeskForm):
    """A name for what the list shows now; `query` is its address, read again by WorklistForm."""

    code = "view"

    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    name = LineField(label=_("Name of the view"), max_length=60, help_text=_("Please write no names of founders here."))
    is_shared = forms.BooleanField(label=_("Show it to everybody in the office"), required=False)


class ViewDeleteForm(DeskForm):
    """Nothing but the token behind a button."""

    code = "delete"
