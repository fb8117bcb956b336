"""What the history calls people, bodies and classes that stand below this room or in it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Manager

from gruendungswerkstatt.common import retention
from network.people.models import Membership, Municipality, Organisation, User

from . import wordings


def by_column(manager: Manager, column: str = "name") -> wordings.Namer:
    """Rows are called as a column of theirs says, in the active language where it has several."""

    def names(keys: Collection[int]) -> Mapping[int, str]:
        return dict(manager.filter(pk__in=keys).values_list("pk", column))

    return names


def _class_label(code: str) -> Any:
    found = retention.by_code(code)
    return found.label if found else code


def register() -> None:
    """Make these names known."""
    wordings.name_rows(Membership, by_column(Membership.objects, "user__name"))
    for model in (User, Organisation, Municipality):
        wordings.name_rows(model, by_column(model.objects))
    wordings.name_codes("audit.retentionperiod", "code", _class_label)
