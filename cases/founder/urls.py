"""Addresses of the status page; neither number nor code stands in one (rule 13)."""

from django.urls import path

from . import views

app_name = "status"

urlpatterns = [
    path("", views.status_form, name="status_form"),
    path("now/", views.status_detail, name="status_detail"),
]
