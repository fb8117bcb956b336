"""Changes of phase and state in words."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from cases.files.enums import CaseState, ChangeKind, Phase
from cases.files.models import Case
from cases.files.standing import LastChange, refusal_to_undo
from network.people.models import Membership


def change_words(kind: str, before: str, after: str) -> str:
    """ "Phase: Planning (before: Orientation)"."""
    choices = Phase if kind == ChangeKind.PHASE else CaseState
    words = {"before": _named(choices, before), "after": _named(choices, after), "kind": _named(ChangeKind, kind)}
    return _("%(kind)s: %(after)s (before: %(before)s)") % words


def undo_words(last: LastChange | None, case: Case, reader: Membership) -> str:
    """Which change `reader` may undo; "" if there is none."""
    if last is None or refusal_to_undo(last, case.version, reader) is not None:
        return ""
    return change_words(last.kind, last.before, last.after)


def _named(choices: type[TextChoices], code: str) -> str:
    """The label of a code; one that no longer exists is shown as it is."""
    return str(choices(code).label) if code in choices.values else str(code)
