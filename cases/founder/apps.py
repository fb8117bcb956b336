from django.apps import AppConfig


class FounderPagesConfig(AppConfig):
    name = "cases.founder"
    label = "cases_founder"
