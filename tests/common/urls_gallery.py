"""Addresses for the design tests: the theme switch and one page; the rooms are not needed."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path

from gruendungswerkstatt.common import views


def page(request):
    """A page that exists in every language."""
    return HttpResponse()


urlpatterns = i18n_patterns(
    path("theme/", views.theme_set, name="theme_set"),
    path("page/", page, name="page"),
)
