from django.urls import path

from .views import ledger, texts

app_name = "messages"

urlpatterns = [
    path("", ledger.message_list, name="message_list"),
    path("retry/", ledger.failed_retry, name="failed_retry"),
    path("<uuid:message_uuid>/retry/", ledger.message_retry, name="message_retry"),
    path("texts/", texts.text_list, name="text_list"),
    path("texts/<slug:kind>/<slug:channel>/<slug:language>/", texts.text_edit, name="text_edit"),
    path("texts/<slug:kind>/<slug:channel>/<slug:language>/shipped/", texts.text_go_back, name="text_go_back"),
]
