from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cases.desk"
    label = "cases_desk"

    def ready(self) -> None:
        from network.people.signals import member_looked_at

        from .presenters import reassigning

        member_looked_at.connect(reassigning.tell_left_behind, dispatch_uid="cases.desk.reassigning")
