from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cases.files"
    label = "cases_files"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import files, wordings

        from . import documents, erasure, history

        documents.register()
        erasure.register()
        files.register(history.REGISTER)
        for code, label in history.CODES.items():
            wordings.name_codes(*code, label)
