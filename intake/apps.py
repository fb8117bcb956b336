from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    label = "intake"

    def ready(self) -> None:
        from . import erasure, history, office_hints

        erasure.register()
        history.register()
        office_hints.connect()
