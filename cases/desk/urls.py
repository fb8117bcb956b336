from django.urls import path
from django.views.generic import RedirectView

from .views import access, case, confirmation, entry, erasure, inbox, worklist, writing

app_name = "cases"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="cases:inbox_list"), name="start"),
    path("inbox/", inbox.inbox_list, name="inbox_list"),
    path("inbox/new/<slug:channel>/", entry.entry_new, name="entry_new"),
    path("inbox/<uuid:submission_uuid>/", inbox.submission_detail, name="submission_detail"),
    path("inbox/<uuid:submission_uuid>/accept/", inbox.submission_accept, name="submission_accept"),
    path("inbox/<uuid:submission_uuid>/close/", inbox.submission_close, name="submission_close"),
    path("inbox/<uuid:submission_uuid>/answers/", entry.entry_edit, name="entry_edit"),
    path("inbox/<uuid:submission_uuid>/confirmation/", confirmation.confirmation_detail, name="confirmation_detail"),
    path("inbox/<uuid:submission_uuid>/hand-over/", confirmation.device_hand_over, name="device_hand_over"),
    path("inbox/<uuid:submission_uuid>/number/", confirmation.number_make, name="number_make"),
    path("inbox/<uuid:submission_uuid>/by-phone/", confirmation.phone_confirm, name="phone_confirm"),
    path("list/", worklist.case_list, name="case_list"),
    path("<uuid:case_uuid>/", case.case_detail, name="case_detail"),
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
    path("<uuid:case_uuid>/steps/", writing.step_create, name="step_create"),
    path("steps/<uuid:step_uuid>/", writing.step_done, name="step_done"),
]
