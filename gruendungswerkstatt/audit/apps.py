from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "gruendungswerkstatt.audit"
    label = "audit"
