"""Form tokens: a form that was carried out once is not carried out again (double click, retry, back button)."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid

from .models import FormToken

FIELD = "form_token"
KEEP_DAYS = 30


class FormTokenMixin(forms.Form):
    """A form with a hidden token; put it before forms.Form and pass `cleaned_data["form_token"]` on."""

    form_token = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_uuid,
        error_messages={
            "required": _("This form is incomplete. Please load the page again."),
            "invalid": _("This form is incomplete. Please load the page again."),
        },
    )


def new_token() -> str:
    """The token of a form that is nothing but a button, drawn without a form."""
    return str(new_uuid())


class AlreadyDone(Exception):
    """The form with this token was carried out before; `path` is where that led."""

    def __init__(self, path: str):
        super().__init__(path)
        self.path = path


def carry_out_once(token: uuid.UUID, write: Callable[[], str]) -> HttpResponseRedirect:
    """Run `write` in one transaction with the token's row and redirect to the path it returns.

    A second sending waits for the first (the unique index makes it) and is led to the same place; if `write`
    raises, nothing stays and the token is free again.
    """
    try:
        with transaction.atomic():
            path = _claim_and_write(token, write)
    except AlreadyDone as done:
        path = done.path
    return redirect(path)


def _claim_and_write(token: uuid.UUID, write: Callable[[], str]) -> str:
    row, is_new = FormToken.objects.get_or_create(
        token=token,
        defaults={"result_path": "", "delete_after_on": clock.today() + timedelta(days=KEEP_DAYS)},
    )
    if not is_new:
        raise AlreadyDone(row.result_path)
    row.result_path = write()
    row.save(update_fields=["result_path"])
    return row.result_path
