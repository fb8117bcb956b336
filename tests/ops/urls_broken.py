"""The portal's addresses and one whose view fails with a person's data in every place an error report looks at."""

import logging

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from gruendungswerkstatt import urls

logger = logging.getLogger("some.library")


def broken(request: HttpRequest, word: str) -> HttpResponse:
    name = request.POST["name"]
    logger.error(f"Could not store {name}")  # noqa: G004  (libraries do so)
    try:
        raise ValueError(f"unknown: {name}")
    except ValueError as error:
        raise IntegrityError(f"duplicate key (name)=({name})") from error


urlpatterns = [path("broken/<str:word>/", broken, name="broken"), *urls.urlpatterns]
handler500 = urls.handler500
