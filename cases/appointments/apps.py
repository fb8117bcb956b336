from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "cases.appointments"
    label = "cases_appointments"
