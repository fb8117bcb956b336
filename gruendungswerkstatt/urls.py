"""All addresses. Everything a person sees stands below its language; `/` leads to the browser's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from gruendungswerkstatt import health, home, metrics
from network.people.oidc import views as oidc

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    # One address for all languages: it has to be registered at the identity provider.
    path("sign-in/callback", oidc.callback, name="oidc_callback"),
]

urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path("", include("gruendungswerkstatt.common.urls")),
    path("accounts/", include("network.people.account_urls")),
    path("people/", include("network.people.urls")),
    path("intake/", include("intake.urls")),
    path("status/", include("cases.founder.urls")),
    path("cases/statistics/", include("cases.statistics.urls")),
    path("cases/", include("cases.desk.urls")),
    path("", include("gruendungswerkstatt.content.urls")),
    path("office/hints/", include("intake.office_urls")),
    path("network/", include("network.directory.urls")),
    path("referrals/", include("cases.referrals.urls")),
    path("appointments/", include("cases.appointments.urls")),
    path("messages/", include("gruendungswerkstatt.messaging.urls")),
    path("retention/", include("gruendungswerkstatt.audit.retention_urls")),
    path("history/", include("gruendungswerkstatt.audit.history_urls")),
)

handler400 = "gruendungswerkstatt.common.views.bad_request"
handler403 = "gruendungswerkstatt.common.views.permission_denied"
handler404 = "gruendungswerkstatt.common.views.page_not_found"
handler429 = "gruendungswerkstatt.common.views.too_many_requests"  # django-allauth asks for it
handler500 = "gruendungswerkstatt.common.views.server_error"
