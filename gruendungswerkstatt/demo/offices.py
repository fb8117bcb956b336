"""The two offices of a demonstration, their people, and a municipality for the invented one."""

from django.db import transaction

from network.directory.services import load_network
from network.people.enums import OrganisationKind
from network.people.models import Membership, Municipality, Organisation, User

from .accounts import DEMO_ACCOUNTS, SECOND_OFFICE


@transaction.atomic
def make_offices() -> None:
    """The network's bodies and offers, a second office, and the demo accounts; doing it again changes nothing."""
    load_network()
    office, _new = Organisation.objects.update_or_create(
        code=SECOND_OFFICE,
        defaults={
            "kind": OrganisationKind.JOBCENTER,
            "name_de": "Jobcenter Musterstadt (erfunden)",
            "name_ar": "مركز العمل في مدينة نموذجية (Jobcenter Musterstadt)",
            "name_en": "Job centre Musterstadt (invented)",
            "place": "Musterstadt",
            "phone": "+4917139200999",
            "notice_version": "demo",
        },
    )
    Municipality.objects.update_or_create(
        code="musterstadt",
        defaults={
            "name_de": "Musterstadt",
            "name_ar": "موسترشتات",
            "name_en": "Musterstadt",
            "postal_codes": ["00000"],
            "office": office,
        },
    )
    for account in DEMO_ACCOUNTS:
        _make_account(account)


def _make_account(account) -> None:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(account.email, account.password, name=account.name)
    Membership.objects.get_or_create(
        user=user,
        organisation=Organisation.objects.get(code=account.organisation),
        role=account.membership_role,
        ended_at=None,
    )


def membership(email: str) -> Membership:
    """The membership of a demo account."""
    return Membership.objects.active().select_related("organisation", "user").get(user__email=email)
