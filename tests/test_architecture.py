"""The rooms and their arrows, where import-linter cannot see them: in the models."""

import pytest
from django.apps import apps
from django.db import models

from gruendungswerkstatt.common import history
from network.people.models import OfficeOwned

ROOMS = [
    {"network_people"},
    {"audit"},
    {"messaging", "content", "documents"},
    {"network_directory"},
    {"intake"},
    {"cases_files"},
    {"cases_appointments", "cases_referrals"},
    {"cases_statistics"},
    {"cases_desk", "cases_founder"},
]
LEVEL = {label: level for level, labels in enumerate(ROOMS) for label in labels}
EVENTS = history.event_models()
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in LEVEL and model not in EVENTS]

# Belong to no single office: people and bodies of the network, the public directory, technical rows.
WITHOUT_OFFICE = {
    "network_people.Organisation",
    "network_people.Municipality",
    "network_people.User",
    "network_people.Membership",
    "network_people.Identity",
    "network_people.GrantedMembership",
    "network_people.AccountMail",
    "network_directory.TopicGroup",
    "network_directory.ServiceTopic",
    "network_directory.Offer",
    "network_directory.OfferTopic",
    "network_directory.OfferMunicipality",
    "audit.FormToken",
    "messaging.Heartbeat",
}


def relations(model):
    return [f for f in model._meta.get_fields() if f.is_relation and not f.auto_created and f.related_model]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_downwards(model):
    room = model._meta.app_label
    for field in relations(model):
        other = field.related_model._meta.app_label
        if other == room or other not in LEVEL:
            continue
        assert LEVEL[other] < LEVEL[room], f"{model._meta.label}.{field.name} points up or sideways to {other}"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_a_lower_room_gets_no_accessor_to_an_upper_one(model):
    for field in relations(model):
        other = field.related_model._meta.app_label
        if other == model._meta.app_label or other not in LEVEL:
            continue
        assert field.remote_field.hidden, (
            f"{model._meta.label}.{field.name} gives {field.related_model._meta.label} an accessor: related_name='+'"
        )


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_every_owned_table_has_an_office(model):
    if model._meta.label in WITHOUT_OFFICE:
        assert not issubclass(model, OfficeOwned)
        return
    assert issubclass(model, OfficeOwned), f"{model._meta.label} has no office"
    assert not model._meta.get_field("office").null


@pytest.mark.parametrize("event", EVENTS, ids=lambda m: m._meta.label)
def test_events_carry_the_office_of_their_row(event):
    """A trigger copies it from a row whose office the database keeps right."""
    if issubclass(event.pgh_tracked_model, OfficeOwned):
        assert not event._meta.get_field("office").null


@pytest.mark.django_db
@pytest.mark.parametrize("model", [m for m in OUR_MODELS if issubclass(m, OfficeOwned)], ids=lambda m: m._meta.label)
def test_the_database_keeps_offices_equal(model):
    """Every foreign key between two owned tables has its composite twin (x_id, office_id)."""
    from django.db import connection

    with connection.cursor() as cursor:
        names = {
            name
            for name, found in connection.introspection.get_constraints(cursor, model._meta.db_table).items()
            if found["columns"][-1:] == ["office_id"] and len(found["columns"]) == 2
        }
    for field in relations(model):
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, OfficeOwned):
            assert f"{model._meta.db_table}_{field.column}_same_office" in names
