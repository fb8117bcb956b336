from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    label = "intake"

    def ready(self) -> None:
        from . import erasure, history

        erasure.register()
        history.register()
