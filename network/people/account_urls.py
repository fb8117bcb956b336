"""The addresses of allauth that this portal offers: signing in and out, the password, the second factor.

Left out are signing up (the office makes the accounts), managing e-mail addresses, and resetting the password.
"""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("second-factor/", include("allauth.mfa.urls")),
]
