from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "cases.appointments"
    label = "cases_appointments"

    def ready(self):
        from . import erasure, merging, messages

        messages.register()
        erasure.register()
        merging.register()
