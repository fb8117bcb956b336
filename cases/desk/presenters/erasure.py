"""What would be deleted with a person, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# By model; what is not named (search keys, changes of state, tokens of forms) goes without being listed.
_LABELS = {
    "case": _("Cases"),
    "submission": _("Enquiries"),
    "note": _("Notes"),
    "planstep": _("Steps"),
    "deadline": _("Deadlines"),
    "timelineentry": _("Lines of the timeline"),
    "appointment": _("Appointments"),
    "message": _("Messages"),
    "document": _("Documents"),
    "consent": _("Consents"),
    "referral": _("Referrals"),
    "viewlog": _("Entries about who looked"),
}


def going_rows(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows of {% description_list %}: how many of what would go."""
    return [{"key": label, "value": str(counts[model])} for model, label in _LABELS.items() if counts.get(model)]
