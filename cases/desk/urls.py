from django.urls import path
from django.views.generic import RedirectView

from .views import access, case, confirmation, documents, entry, erasure, inbox, memo, papers, worklist, writing

app_name = "cases"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="cases:inbox_list"), name="start"),
    path("inbox/", inbox.inbox_list, name="inbox_list"),
    path("inbox/new/<slug:channel>/", entry.entry_new, name="entry_new"),
    path("inbox/<uuid:submission_uuid>/", inbox.submission_detail, name="submission_detail"),
    path("inbox/<uuid:submission_uuid>/receipt/", papers.submission_receipt, name="submission_receipt"),
    path("inbox/<uuid:submission_uuid>/card/", papers.submission_card, name="submission_card"),
    path("inbox/<uuid:submission_uuid>/accept/", inbox.submission_accept, name="submission_accept"),
    path("inbox/<uuid:submission_uuid>/add/<uuid:case_uuid>/", inbox.submission_add, name="submission_add"),
    path("inbox/<uuid:submission_uuid>/code/", inbox.submission_code, name="submission_code"),
    path("inbox/<uuid:submission_uuid>/close/", inbox.submission_close, name="submission_close"),
    path("inbox/<uuid:submission_uuid>/answers/", entry.entry_edit, name="entry_edit"),
    path("inbox/<uuid:submission_uuid>/confirmation/", confirmation.confirmation_detail, name="confirmation_detail"),
    path("inbox/<uuid:submission_uuid>/hand-over/", confirmation.device_hand_over, name="device_hand_over"),
    path("inbox/<uuid:submission_uuid>/number/", confirmation.number_make, name="number_make"),
    path("inbox/<uuid:submission_uuid>/by-phone/", confirmation.phone_confirm, name="phone_confirm"),
    path("list/", worklist.case_list, name="case_list"),
    path("<uuid:case_uuid>/", case.case_detail, name="case_detail"),
    path("<uuid:case_uuid>/memo/", memo.memo_detail, name="memo_detail"),
    path("<uuid:case_uuid>/memo/paper/", memo.memo_paper, name="memo_paper"),
    path("<uuid:case_uuid>/note/", writing.note_create, name="note_create"),
    path("<uuid:case_uuid>/phase/", writing.phase_move, name="phase_move"),
    path("<uuid:case_uuid>/state/", writing.state_change, name="state_change"),
    path("<uuid:case_uuid>/advisor/", writing.advisor_assign, name="advisor_assign"),
    path("<uuid:case_uuid>/application/", writing.application_record, name="application_record"),
    path("<uuid:case_uuid>/age/", writing.age_record, name="age_record"),
    path("<uuid:case_uuid>/code/", access.code_renew, name="code_renew"),
    path("<uuid:case_uuid>/pin/", access.pin_set, name="pin_set"),
    path("<uuid:case_uuid>/erasure/", erasure.case_erasure, name="case_erasure"),
    path("<uuid:case_uuid>/erasure/request/", erasure.erasure_request, name="erasure_request"),
    path("<uuid:case_uuid>/erasure/decline/", erasure.erasure_decline, name="erasure_decline"),
    path("<uuid:case_uuid>/erasure/now/", erasure.erasure_carry_out, name="erasure_carry_out"),
    path("<uuid:case_uuid>/documents/ask/", documents.document_ask, name="document_ask"),
    path("<uuid:case_uuid>/documents/<uuid:request_uuid>/", documents.document_detail, name="document_detail"),
    path("<uuid:case_uuid>/documents/<uuid:request_uuid>/send/", documents.document_upload, name="document_upload"),
    path("<uuid:case_uuid>/documents/<uuid:request_uuid>/accept/", documents.document_accept, name="document_accept"),
    path("<uuid:case_uuid>/documents/<uuid:request_uuid>/return/", documents.document_return, name="document_return"),
    path(
        "<uuid:case_uuid>/documents/<uuid:request_uuid>/withdraw/",
        documents.document_withdraw,
        name="document_withdraw",
    ),
    path("<uuid:case_uuid>/files/<uuid:document_uuid>/", documents.document_download, name="document_download"),
    path("<uuid:case_uuid>/files/<uuid:document_uuid>/delete/", documents.document_delete, name="document_delete"),
    path("<uuid:case_uuid>/steps/", writing.step_create, name="step_create"),
    path("steps/<uuid:step_uuid>/", writing.step_done, name="step_done"),
]
