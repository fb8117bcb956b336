from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cases.files"
    label = "cases_files"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import files, wordings
        from intake.signals import submission_confirmed

        from . import documents, erasure, history, opening

        documents.register()
        submission_confirmed.connect(opening.note_confirmation, dispatch_uid="cases.files.opening")
        erasure.register()
        files.register(history.REGISTER)
        for code, label in history.CODES.items():
            wordings.name_codes(*code, label)
