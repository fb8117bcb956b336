from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "network.directory"
    label = "network_directory"

    def ready(self) -> None:
        from gruendungswerkstatt.audit.names import by_column
        from gruendungswerkstatt.audit.wordings import name_rows

        from .models import Offer, ServiceTopic, TopicGroup

        name_rows(Offer, by_column(Offer.objects, "title"))
        for model in (ServiceTopic, TopicGroup):
            name_rows(model, by_column(model.objects))
