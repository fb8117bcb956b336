from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "gruendungswerkstatt.messaging"
    label = "messaging"

    def ready(self) -> None:
        from . import checks, erasure  # noqa: F401 - checks register themselves

        erasure.register()
