from django.urls import path

from . import history_views as views

app_name = "audit"

urlpatterns = [path("", views.history_list, name="history_list")]
