"""What is left of a merged case is met in old tabs, bookmarks and mails: every address of it leads on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.files.refusing import CaseMerged

# Fields in which people write words of their own: nobody loses them because two cases became one meanwhile.
WORDS = ("text", "reason", "note", "question", "topic", "words", "reason_words")


class MergedCaseMiddleware:
    """Leads from a merged case to the remaining one; what was typed into a form of the old page is shown once more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, CaseMerged):
            return None
        typed = [value for name in WORDS for value in request.POST.getlist(name) if value.strip()]
        if typed:
            context = {"typed": typed, "merged": exception.merged, "case": exception.remaining}
            return render(request, "cases/case_merged.html", context, status=409)
        told = _("The case %(reference)s was put together with this one.") % {"reference": exception.merged.reference}
        messages.info(request, told)
        return redirect("cases:case_detail", exception.remaining.uuid)
