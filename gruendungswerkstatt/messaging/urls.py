from django.urls import path

from . import views

app_name = "messages"

urlpatterns = [
    path("", views.message_list, name="message_list"),
    path("<uuid:message_uuid>/retry/", views.message_retry, name="message_retry"),
]
