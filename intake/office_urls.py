"""Addresses of what an office writes into the intake."""

from django.urls import path

from .views import office

app_name = "hints"

urlpatterns = [
    path("", office.hint_list, name="hint_list"),
    path("<slug:code>/", office.hint_edit, name="hint_edit"),
]
