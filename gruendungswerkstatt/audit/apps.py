from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "gruendungswerkstatt.audit"
    label = "audit"

    def ready(self) -> None:
        from . import erasure, names

        erasure.register()
        names.register()
