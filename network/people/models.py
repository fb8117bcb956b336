"""Organisations, the people who work in them, and the membership that gives a person a role."""

from collections.abc import Iterator

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned

from .enums import (
    OFFICE_ROLES,
    SETTINGS_ROLES,
    AccountMailKind,
    InvitationState,
    MembershipChangeKind,
    OrganisationKind,
    Role,
)
from .oidc.models import GrantedMembership, Identity  # noqa: F401


class OrganisationQuerySet(models.QuerySet):
    def offices(self):
        return self.filter(kind=OrganisationKind.JOBCENTER)

    def partners_of(self, office: "Organisation"):
        """Bodies that `office` can refer to: every living one but itself."""
        return self.valid().exclude(pk=office.pk)

    def looked_after_by(self, office: "Organisation"):
        """`office` itself and the partners whose members it invites."""
        return self.filter(Q(pk=office.pk) | Q(looked_after_by=office))

    def valid(self):
        """Organisations whose term has begun and not ended."""
        today = clock.today()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today))


class Organisation(Identified, Versioned):
    """A body of the network. One of kind `jobcenter` is an *office*: it owns founders, cases, messages."""

    code = models.SlugField(unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=24, choices=OrganisationKind)
    description = models.TextField(_("description"), blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, help_text="E.164")
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    last_checked_on = models.DateField(null=True, blank=True)
    # What an office shows a founder before asking for consent; a consent names the version that was shown.
    notice_version = models.CharField(max_length=20, blank=True)
    # The office that invites and sees to a partner's members; an office sees to its own.
    looked_after_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "jobcenter"},
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_term_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=models.F("valid_to")),
                violation_error_message=_("The term ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_office(self) -> bool:
        return self.kind == OrganisationKind.JOBCENTER


class Municipality(models.Model):
    """A town of the Kreis and the office that is responsible for its people."""

    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=80)
    postal_codes = ArrayField(models.CharField(max_length=5))
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="municipalities", limit_choices_to={"kind": "jobcenter"}
    )

    class Meta:
        verbose_name_plural = "municipalities"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make a user; the e-mail is stored in lower case."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


# The language follows every sign-in (sessions.py): its history would be a log of sign-ins.
@history.track(exclude=["password", "last_login", "session_epoch", "language"])
class User(AbstractBaseUser, PermissionsMixin, Identified):
    """A person who signs in. What they may do follows from their memberships alone."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=5, default="de")
    is_active = models.BooleanField(default=True)
    is_staff = False  # there is no admin site
    joined_at = models.DateTimeField(default=clock.now)
    # Part of what a session is checked against: raising it ends all sessions of this person (services.accounts).
    session_epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_epoch}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (f"{fallback}.{self.session_epoch}" for fallback in super().get_session_auth_fallback_hash())


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at=None, user__is_active=True)

    def of_office_staff(self, office: Organisation):
        """Active advisors and team leads of `office`."""
        return self.active().filter(organisation=office, role__in=OFFICE_ROLES)

    def running(self, office: Organisation):
        """Active members who may change the settings of `office`."""
        return self.active().filter(organisation=office, role__in=SETTINGS_ROLES)

    def looked_after_by(self, office: Organisation):
        """Members of `office` and of the partners it sees to, ended ones too."""
        return self.filter(Q(organisation=office) | Q(organisation__looked_after_by=office))


@history.track()
class Membership(Identified, Versioned):
    """A person's place in an organisation. Ending it takes all access at once; authorship stays."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ended_at=None), name="membership_once_per_organisation"
            ),
            # Office-owned tables point at memberships of their own office: composite foreign keys need this.
            models.UniqueConstraint(fields=["id", "organisation"], name="membership_id_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation.code}, {self.role})"

    @property
    def is_office_staff(self) -> bool:
        """Whether this member works on the office's case files."""
        return self.role in OFFICE_ROLES and self.organisation.is_office

    @property
    def runs_office(self) -> bool:
        """Whether this member may change the office's own settings."""
        return self.role in SETTINGS_ROLES and self.organisation.is_office

    @property
    def is_team_lead(self) -> bool:
        return self.role == Role.TEAM_LEAD

    @property
    def is_partner(self) -> bool:
        return self.role == Role.PARTNER


class OfficeOwnedQuerySet(models.QuerySet):
    def for_office(self, office: Organisation | int):
        """Rows of one office: where every look at office-owned data begins."""
        return self.filter(office=office)


class OfficeOwned(models.Model):
    """A row that belongs to one office and is reached through it alone."""

    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", limit_choices_to={"kind": "jobcenter"}
    )

    objects = OfficeOwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class InvitationQuerySet(OfficeOwnedQuerySet):
    def unanswered(self):
        """Neither accepted nor taken back; some have expired."""
        return self.filter(used_at=None, revoked_at=None)


@history.track()
class Invitation(OfficeOwned, Identified, Versioned):
    """Somebody is asked to become a member of `organisation`: `office` itself or a partner it looks after.

    The secret of its link is stored nowhere: services.invitations derives it from the row, its version and the
    portal's secret key. Sending again raises the version, so that only the newest link opens it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role)
    email = models.EmailField()  # in lower case, like a user's
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5)
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    delete_after_on = models.DateField(db_index=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(used_at=None, revoked_at=None),
                name="invitation_open_once",
            ),
            models.CheckConstraint(name="invitation_used_or_revoked", condition=Q(used_at=None) | Q(revoked_at=None)),
            models.CheckConstraint(
                name="invitation_used_gives_membership",
                condition=Q(used_at=None, membership=None) | Q(used_at__isnull=False, membership__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} ({self.organisation.code}, {self.role})"

    @property
    def state(self) -> InvitationState:
        if self.used_at:
            return InvitationState.USED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= clock.now() else InvitationState.OPEN


class MembershipChange(OfficeOwned, Identified):
    """What happened to a membership, when and through whom. Written once; stays as long as the membership.

    `author` is None for what a sign-in at the identity provider changed.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=MembershipChangeKind)
    role_before = models.CharField(max_length=16, choices=Role, blank=True)
    role_after = models.CharField(max_length=16, choices=Role, blank=True)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.membership_id} {self.changed_at:%Y-%m-%d}"


class AccountMail(Identified):
    """A mail about an account that has to be sent; it carries no secret, the link is made while sending."""

    kind = models.CharField(max_length=16, choices=AccountMailKind)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(default=clock.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_mail_has_one_subject",
                condition=Q(user__isnull=False, invitation=None) | Q(user=None, invitation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class LeaveQuerySet(OfficeOwnedQuerySet):
    def counting(self):
        """Those that nobody has taken back."""
        return self.filter(taken_back_at=None)


@history.track()
class Leave(OfficeOwned, Identified, Versioned):
    """A member of an office is away on these days, both included, and `deputy` sees their cases as well.

    Nobody has to end it: the days do, or the deputy's leaving the office.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="leaves")
    deputy = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    delete_after_on = models.DateField(db_index=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(name="leave_days_in_order", condition=Q(starts_on__lte=models.F("ends_on"))),
            models.CheckConstraint(name="leave_deputy_is_another", condition=~Q(deputy=models.F("membership"))),
        ]
        indexes = [models.Index(fields=["deputy", "ends_on"], name="leave_by_deputy")]

    def __str__(self) -> str:
        return f"{self.membership} {self.starts_on:%Y-%m-%d}"
