from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "gruendungswerkstatt.content"
    label = "content"

    def ready(self):
        from . import erasure, published

        erasure.register()
        published.connect()
