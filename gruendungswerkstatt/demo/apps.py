from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "gruendungswerkstatt.demo"
    label = "demo"
