"""Consent to pass data on, and the referral that rests on it."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.files.models import Case, Founder
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from intake.models import Submission
from network.directory.models import Offer
from network.people.models import Membership, OfficeOwned, OfficeOwnedQuerySet, Organisation

from .enums import ConsentField, ConsentPurpose, ConsentWay, DeclineReason, ReferralState, ReferralStatus


@history.track()
class Consent(OfficeOwned, Identified):
    """A founder's yes: one partner, one purpose, one set of fields, one version and language of the notice (rule 7)."""

    founder = models.ForeignKey(Founder, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, choices=ConsentPurpose, default=ConsentPurpose.ADVICE)
    fields = ArrayField(models.CharField(max_length=16, choices=ConsentField))
    notice_version = models.CharField(max_length=20)
    notice_language = models.CharField(max_length=5)
    given_by = models.CharField(max_length=12, choices=ConsentWay)
    interpreted_by = models.CharField(max_length=120, blank=True)  # who interpreted, as noted by the advisor
    given_at = models.DateTimeField(default=clock.now)
    # Where the founder said yes on the own page: who had asked.
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=12, choices=ConsentWay, blank=True)
    withdrawal_recorded_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="consent_id_office"),
            models.CheckConstraint(name="consent_names_fields", condition=Q(fields__len__gt=0)),
            # Two windows record the same yes once. `fields` is stored in the order of the enum.
            models.UniqueConstraint(
                fields=["founder", "partner", "purpose", "fields", "notice_version", "notice_language"],
                condition=Q(withdrawn_at=None),
                name="consent_once",
            ),
            models.CheckConstraint(
                name="consent_withdrawal_is_whole",
                condition=Q(withdrawn_at=None, withdrawn_by="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.founder_id} → {self.partner.code}"

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None


class ConsentRequestQuerySet(OfficeOwnedQuerySet):
    def standing(self):
        """Those that can be answered: asked with the version of the notice that the office has now."""
        return self.filter(notice_version=F("office__notice_version"))


class ConsentRequest(OfficeOwned, Identified):
    """An advisor asks, and the founder answers alone on the own page (level 2): yes makes a Consent.

    The row goes with the answer, whichever it is: a "no" is written down nowhere, so that it cannot have an effect.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, choices=ConsentPurpose, default=ConsentPurpose.ADVICE)
    fields = ArrayField(models.CharField(max_length=16, choices=ConsentField))
    notice_version = models.CharField(max_length=20)
    notice_language = models.CharField(max_length=5)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    objects = ConsentRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_request_names_fields", condition=Q(fields__len__gt=0)),
            models.UniqueConstraint(
                fields=["case", "partner", "purpose", "fields", "notice_version", "notice_language"],
                name="consent_request_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.partner.code}"


class ReferralQuerySet(OfficeOwnedQuerySet):
    def for_partner(self, partner: Organisation):
        """Referrals addressed to `partner` whose consent stands: where every look of a partner begins (rule 8)."""
        return self.filter(partner=partner, consent__withdrawn_at=None)


def status_of(state: str, seen_at: datetime | None, withdrawn_at: datetime | None) -> ReferralStatus:
    """Where a referral in `state` stands: when the partner saw it, and when its consent was withdrawn."""
    if withdrawn_at is not None:
        return ReferralStatus.WITHDRAWN
    return ReferralStatus.SEEN if state == ReferralState.SENT and seen_at else ReferralStatus(state)


@history.track()
class Referral(OfficeOwned, Identified, Versioned):
    """A question passed on to a partner on the ground of a consent."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="referrals")
    question = models.TextField()
    state = models.CharField(max_length=8, choices=ReferralState, default=ReferralState.SENT)
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # when the office last asked the partner for an answer

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "office"], name="referral_id_office")]
        indexes = [
            models.Index(fields=["partner", "-sent_at", "-id"], name="referral_by_partner"),
            models.Index(fields=["case", "-sent_at"], name="referral_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.partner.code}"

    @property
    def status(self) -> ReferralStatus:
        """Where the referral stands; the consent should be loaded."""
        return status_of(self.state, self.seen_at, self.consent.withdrawn_at)

    @property
    def is_open(self) -> bool:
        """Whether the partner still has something to do."""
        return self.status in (ReferralStatus.SENT, ReferralStatus.SEEN, ReferralStatus.ACCEPTED)


class ReferralStatusChange(OfficeOwned):
    """One answer of the partner: never changed, knows its author."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=8, choices=ReferralState)
    after = models.CharField(max_length=8, choices=ReferralState)
    decline_reason = models.CharField(max_length=16, choices=DeclineReason, blank=True)
    text = models.TextField(blank=True)  # the partner's words: why declined, what came of it
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="referral_declined_has_reason", condition=~Q(after="declined") | ~Q(decline_reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.before} → {self.after}"


class Handover(OfficeOwned, Identified):
    """An enquiry or a case was handed over to the right place, with the consent it rests on. Never changed.

    What goes along is fixed: name, way to be reached, language and the answers of the enquiry. `place` is its name as
    it was then: neighbouring Jobcenters are no bodies of the network.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=200)
    given_by = models.CharField(max_length=12, choices=ConsentWay)
    interpreted_by = models.CharField(max_length=120, blank=True)
    notice_version = models.CharField(max_length=20)
    notice_language = models.CharField(max_length=5)
    given_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="handover_of_one_thing",
                condition=Q(submission__isnull=False, case=None) | Q(submission=None, case__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id or self.submission_id} → {self.place}"
