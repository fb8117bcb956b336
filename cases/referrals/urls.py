from django.urls import path

from .views import choosing, consents, overview, partner, sending

app_name = "referrals"

_OFFER = "cases/<uuid:case_uuid>/offers/<uuid:offer_uuid>/"

urlpatterns = [
    # the office's side: from a case to a referral
    path("cases/<uuid:case_uuid>/", overview.case_referrals, name="case_referrals"),
    path("cases/<uuid:case_uuid>/new/", choosing.referral_new, name="referral_new"),
    path(_OFFER, consents.consent_fields, name="consent_fields"),
    path(f"{_OFFER}consent/", consents.consent_new, name="consent_new"),
    path(f"{_OFFER}question/<uuid:consent_uuid>/", sending.referral_send, name="referral_send"),
    path(f"{_OFFER}ask/", consents.request_new, name="request_new"),
    path("requests/<uuid:request_uuid>/end/", consents.request_end, name="request_end"),
    path("consents/<uuid:consent_uuid>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    # the partner's side
    path("", partner.referral_list, name="referral_list"),
    path("<uuid:referral_uuid>/", partner.referral_detail, name="referral_detail"),
    path("<uuid:referral_uuid>/<slug:word>/", partner.referral_answer, name="referral_answer"),
]
