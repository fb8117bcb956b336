from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "cases.appointments"
    label = "cases_appointments"

    def ready(self):
        from . import erasure, messages

        messages.register()
        erasure.register()
