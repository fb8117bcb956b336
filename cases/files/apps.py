from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cases.files"
    label = "cases_files"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import files

        from . import erasure, history

        erasure.register()
        files.register(history.REGISTER)
