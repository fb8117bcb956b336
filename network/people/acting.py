"""Two tabs, one session: a form belongs to the membership it was drawn for.

Every form that changes something carries, beside the CSRF token, the membership its page was made for (the tag in
templatetags/acting.py writes it, wherever `{% csrf_token %}` stands). The access decorators compare it with the one
acted in now. So a form of office A, sent after another tab has changed to office B, writes nothing into B; nor does
the form of somebody else who was signed in at this browser before. The field is not signed: all that a forged one
does is to be refused.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import unsent
from .selectors import memberships_of

FIELD = unsent.ACTING_AS


def refusal(request: HttpRequest) -> HttpResponse | None:
    """The page that says whose form this is, if it is not that of the membership acted in; else None.

    Where it is one of the person's other memberships, it offers to change back, with what was typed.
    """
    meant = request.POST.get(FIELD) if request.method == "POST" else None
    if not meant or meant == str(request.membership.uuid):
        return None
    found = next((m for m in memberships_of(request.user) if str(m.uuid) == meant), None)
    context = {"meant": found, "present": request.membership, "sealed": unsent.seal(request) if found else ""}
    return render(request, "people/other_membership.html", context, status=409)
