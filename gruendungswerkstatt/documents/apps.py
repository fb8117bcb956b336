from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gruendungswerkstatt.documents"
    label = "documents"

    def ready(self) -> None:
        from . import erasure

        erasure.register()
