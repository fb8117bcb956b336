from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "network.people"
    label = "network_people"

    def ready(self):
        from . import erasure, portal_office, sessions

        portal_office.connect()
        erasure.register()
        sessions.connect()
