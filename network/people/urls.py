from django.urls import path

from . import views
from .oidc import views as oidc

app_name = "people"

urlpatterns = [
    path("", views.home, name="home"),
    path("office/", views.office_settings, name="office_settings"),
    path("membership/", views.membership_switch, name="membership_switch"),
    path("unsent/", views.unsent_form, name="unsent_form"),
    path("sign-in/", oidc.start, name="oidc_start"),
    path("sign-in/finish/", oidc.finish, name="oidc_finish"),
]
