"""Addresses that belong to no room."""

from django.urls import path

from . import views

urlpatterns = [
    path("theme/", views.theme_set, name="theme_set"),
]
