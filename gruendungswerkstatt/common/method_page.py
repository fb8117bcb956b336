"""A page where Django's answer to a wrong method is empty."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from .views import method_not_allowed


class MethodPageMiddleware:
    """Gives an empty 405 the look of an error page, for who reads HTML; the header Allow stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content or not request.accepts("text/html"):
            return response
        page = method_not_allowed(request)
        page["Allow"] = response["Allow"]
        return page
