"""A page that was sent after its browser had lost the pass: what was typed waits in the page that asks for the code.

It travels sealed inside that page, in nobody's session and in no table, and is saved once the code was right.
"""

from http import HTTPStatus

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from gruendungswerkstatt.common.forms.staying import STAYING
from intake import passes
from intake.forms import GroupForm, ResumeForm
from intake.steps import CLOSING, SAVED, Group

from .pages import gone, own_draft

_SALT = "intake.unsent"
MAX_AGE = 60 * 60  # seconds that the page may lie open
_LEFT_OUT = ("csrfmiddlewaretoken", "send", *STAYING, "checked", "go", "pin", "pin_again", "alone", "fresh")


def ask_for_code(request: HttpRequest, group: Group) -> HttpResponse:
    """The page that asks for number and code, with what was just sent sealed in it, and to be read and copied.

    Where another window has deleted the draft no code helps: the page says so, and shows what was typed.
    """
    if passes.was_deleted(request):
        return gone(request, GroupForm(group, {}, request.POST))
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in _LEFT_OUT]
    form = ResumeForm(initial={"unsent": signing.dumps([group.code, fields], salt=_SALT, compress=True)})
    return resume_page(request, form, HTTPStatus.GONE)


def resume_page(request: HttpRequest, form: ResumeForm, status: int) -> HttpResponse:
    found = unsealed(form["unsent"].value() or "")
    typed = GroupForm(found[0], {}, found[1]).typed_texts() if found else []
    context = {"form": form, "typed": typed, "is_lost": bool(found), "is_check": bool(found) and found[0] is CLOSING}
    context |= {"has_draft": own_draft(request) is not None}
    return render(request, "intake/resume.html", context, status=status)


def unsealed(text: str) -> tuple[Group, QueryDict] | None:
    """The group and what was sent to it; None if nothing was, it is too old, or was not sealed here."""
    try:
        code, fields = signing.loads(text, salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    return (SAVED[code], data) if code in SAVED else None
