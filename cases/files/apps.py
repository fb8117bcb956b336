from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cases.files"
    label = "cases_files"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import files, wordings
        from gruendungswerkstatt.audit.names import by_column
        from intake.signals import submission_confirmed

        from . import documents, erasure, history, merging_rows, notices, opening, short_messages
        from .models import Label

        documents.register()
        submission_confirmed.connect(opening.note_confirmation, dispatch_uid="cases.files.opening")
        erasure.register()
        merging_rows.register()
        notices.register()
        short_messages.register()
        files.register(history.REGISTER)
        for code, label in history.CODES.items():
            wordings.name_codes(*code, label)
        for kind in ("planstep", "steptemplate", "textblock"):
            wordings.unpack_column(f"cases_files.{kind}", "texts", history.texts_in_words)
        wordings.name_rows(Label, by_column(Label.objects))
