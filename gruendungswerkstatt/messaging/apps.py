from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "gruendungswerkstatt.messaging"
    label = "messaging"

    def ready(self) -> None:
        from . import erasure

        erasure.register()
