"""What views that write share: a form that writes once or is drawn again, and results kept for who made them."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.desk.forms.base import DeskForm
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion

Draw = Callable[[DeskForm], HttpResponse]
Results = Mapping[uuid.UUID, TextChoices]


def write_or_draw(
    request: HttpRequest, form: DeskForm, write: Callable[[Any], str], draw: Draw, refused: type[Exception]
) -> HttpResponse:
    """Write once if the form is right, or draw the page with it. `refused` is an exception with a reason."""
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out_once(form.cleaned_data["form_token"], partial(write, form))
        except refused as why:
            form.add_error("name" if "name" in form.fields else None, why.reason.label)
        except StaleVersion:
            form.add_stale(form.fields["version"].initial)
    return draw(form)


def keep_results(request: HttpRequest, key: str, token: uuid.UUID, **results: Results) -> None:
    """Keep what became of many rows in the session, with where to go back to: for who did it, and gone with it."""
    kept = {name: {str(row): result.value for row, result in found.items()} for name, found in results.items()}
    request.session[key] = {"token": str(token), "back": request.POST.get("back", ""), **kept}


def kept_results(request: HttpRequest, key: str, token: uuid.UUID, **kinds: type[TextChoices]) -> dict[str, Any] | None:
    """What `keep_results` kept under `token`, with `back`; None if there is nothing (any more) in this session."""
    kept = request.session.get(key, {})
    if kept.get("token") != str(token):
        return None
    read = {name: {uuid.UUID(row): kind(value) for row, value in kept[name].items()} for name, kind in kinds.items()}
    return {"back": kept["back"], **read}


def list_address(query: str) -> str:
    """The worklist with the filters it had."""
    return reverse("cases:case_list") + (f"?{query}" if query else "")
