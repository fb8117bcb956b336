"""Pages of an office and what people tell about barriers."""

import factory
from factory.django import DjangoModelFactory

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.content.models import Feedback
from tests.factories.people import OrganisationFactory


class FeedbackFactory(DjangoModelFactory):
    class Meta:
        model = Feedback

    office = factory.SubFactory(OrganisationFactory, office=True)
    text = "Der Knopf ist zu klein."
    language = "de"
    delete_after_on = factory.LazyFunction(clock.today)
