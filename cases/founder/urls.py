"""Addresses of the status page and of the own page; neither number, code nor PIN stands in one (rule 13)."""

from django.urls import path

from .views import asking_back, deletion, documents, entering, own, status, steps

app_name = "status"

urlpatterns = [
    path("", status.status_form, name="status_form"),
    path("lost/", entering.code_lost, name="code_lost"),
    path("lost/told/", entering.code_told, name="code_told"),
    path("now/", status.status_detail, name="status_detail"),
    path("pin/", entering.pin_form, name="pin_form"),
    path("close/", entering.own_close, name="own_close"),
    path("mine/", own.own_detail, name="own_detail"),
    path("messages/", own.message_list, name="message_list"),
    path("consents/", own.consent_list, name="consent_list"),
    path("consents/asked/<uuid:request_uuid>/", own.consent_answer, name="consent_answer"),
    path("consents/<uuid:consent_uuid>/withdraw/", own.consent_withdraw, name="consent_withdraw"),
    path("questions/", asking_back.question_list, name="question_list"),
    path("questions/<uuid:ask_back_uuid>/", asking_back.question_answer, name="question_answer"),
    path("steps/", steps.step_list, name="step_list"),
    path("hints/", own.hint_list, name="hint_list"),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<uuid:request_uuid>/", documents.document_upload, name="document_upload"),
    path("documents/file/<uuid:document_uuid>/", documents.document_download, name="document_download"),
    path("views/", own.view_list, name="view_list"),
    path("data/", own.data_detail, name="data_detail"),
    path("data/paper/", own.data_paper, name="data_paper"),
    path("data/file/", own.data_export, name="data_export"),
    path("deletion/", deletion.deletion_form, name="deletion_form"),
]
