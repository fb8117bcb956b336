"""What a member keeps of the advisors' screens for the next time."""

from django.db import models

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import Identified
from network.people.models import Membership, OfficeOwned


class SavedView(OfficeOwned, Identified):
    """Filters and sort of the worklist under a name; seen by who saved them, or by the whole office.

    `query` is the list's address after the question mark, without what was searched for: a name would outlive the
    person's erasure there.
    """

    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once")]
        indexes = [
            models.Index(fields=["office", "name"], name="saved_view_shared", condition=models.Q(is_shared=True))
        ]

    def __str__(self) -> str:
        return self.name
