from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "gruendungswerkstatt.common"
    label = "common"
