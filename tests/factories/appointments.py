"""Appointments; the founder in them wants messages by e-mail unless told otherwise."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from cases.appointments.models import Appointment
from gruendungswerkstatt.common import clock

from .files import CaseFactory
from .people import MembershipFactory


def days_from_now(days: int, hour: int = 10, minute: int = 0):
    """`hour`:`minute` on the office's clock, `days` from today."""
    return clock.at(clock.today() + timedelta(days=days), hour, minute)


class AppointmentFactory(DjangoModelFactory):
    """A planned appointment at ten o'clock in a week. Its messages are not planned: that is the services' work."""

    class Meta:
        model = Appointment

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    advisor = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))
    created_by = factory.SelfAttribute("advisor")
    starts_at = factory.LazyFunction(lambda: days_from_now(7))
    ends_at = factory.LazyAttribute(lambda a: a.starts_at + timedelta(minutes=45))
    address = "Bahnhofstraße 1, 59423 Unna"
