from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cases.files"
    label = "cases_files"

    def ready(self) -> None:
        from . import erasure

        erasure.register()
