"""What somebody is typing is kept for them, for the script of the case page; without it the form works as any other."""

import uuid

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from cases.files import drafting
from gruendungswerkstatt.common.dates import time_of_day
from network.people.access import office_staff_required

from .case import case_or_404

MOST_LETTERS = 200_000  # twenty times the longest note: who pasted too much loses nothing of it either


@require_POST
@office_staff_required
def note_draft(request: HttpRequest, case_uuid: uuid.UUID) -> JsonResponse:
    """Keep the note that stands half typed on an open page; says when that was, in the page's words."""
    case = case_or_404(request, case_uuid)
    text, page, seen = (request.POST.get(name, "") for name in ("text", "page", "seen"))
    if len(text) > MOST_LETTERS or not 0 < len(page) <= 36:
        return _answer({}, 400)
    saved = drafting.keep(case, request.membership, text, page=page, seen=seen)
    return _answer({"time": time_of_day(saved.at), "other": saved.is_other_replaced}, 200)


def _answer(content: dict[str, str | bool], status: int) -> JsonResponse:
    answer = JsonResponse(content, status=status)
    answer.shows_nobody = True  # no look: nothing of the file is in it
    return answer
