from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "gruendungswerkstatt.common"
    label = "common"

    def ready(self) -> None:
        from django.conf import settings

        from . import checks, error_reports  # noqa: F401  (the checks register themselves)

        if settings.SENTRY_DSN:
            error_reports.start(settings.SENTRY_DSN)
