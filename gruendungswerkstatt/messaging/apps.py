from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "gruendungswerkstatt.messaging"
    label = "messaging"
