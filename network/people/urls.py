from django.urls import include, path

from .oidc import views as oidc
from .views import acting, invitations, leaves, members, office, session

app_name = "people"

member = [
    path("", members.member_detail, name="member_detail"),
    path("role/", members.member_role, name="member_role"),
    path("end/", members.member_end, name="member_end"),
    path("leave/", leaves.leave_member, name="leave_member"),
    path("second-factor/", members.member_factor_reset, name="member_factor_reset"),
]

urlpatterns = [
    path("", acting.home, name="home"),
    path("office/", acting.office_settings, name="office_settings"),
    path("office/details/", office.office_details, name="office_details"),
    path("office/members/", members.member_list, name="member_list"),
    path("office/members/<uuid:member_uuid>/", include(member)),
    path("office/invitations/new/<uuid:organisation_uuid>/", invitations.invitation_new, name="invitation_new"),
    path("office/invitations/<uuid:invitation_uuid>/send/", invitations.invitation_send, name="invitation_send"),
    path("office/invitations/<uuid:invitation_uuid>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
    path("invitation/", invitations.invitation_accept, name="invitation_accept"),
    path("invitation/<uuid:invitation_uuid>/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("leave/", leaves.leave_own, name="leave_own"),
    path("leave/<uuid:leave_uuid>/end/", leaves.leave_end, name="leave_end"),
    path("membership/", acting.membership_switch, name="membership_switch"),
    path("membership/back/", acting.membership_back, name="membership_back"),
    path("session/", session.session_left, name="session_left"),
    path("session/stay/", session.session_stay, name="session_stay"),
    path("unsent/", acting.unsent_form, name="unsent_form"),
    path("sign-in/", oidc.start, name="oidc_start"),
    path("sign-in/finish/", oidc.finish, name="oidc_finish"),
]
