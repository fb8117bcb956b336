from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cases.files"
    label = "cases_files"
