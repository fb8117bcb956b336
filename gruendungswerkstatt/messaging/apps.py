from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "gruendungswerkstatt.messaging"
    label = "messaging"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import wordings

        from . import checks, erasure, registry  # noqa: F401 - checks register themselves

        erasure.register()
        wordings.name_codes("messaging.messagetext", "kind", registry.label)
