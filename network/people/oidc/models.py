"""Who somebody is at an identity provider, and which memberships rest on that."""

from django.db import models

from gruendungswerkstatt.common import clock


class Identity(models.Model):
    """A person as an identity provider knows them: `subject` never changes and is never given to somebody else there.

    (OpenID Connect Core 1.0, section 2: `iss` and `sub` together.) Nothing else the provider says is kept.
    """

    user = models.ForeignKey("network_people.User", on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "network_people"
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            # A second one would be somebody else who was given the address of a colleague that left.
            models.UniqueConstraint(fields=["user", "issuer"], name="identity_once_per_issuer"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.issuer})"


class GrantedMembership(models.Model):
    """A membership that follows the identity provider's claims. Those without this row are the office's own matter."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="granted")
    membership = models.OneToOneField("network_people.Membership", on_delete=models.CASCADE, related_name="granted")

    class Meta:
        app_label = "network_people"

    def __str__(self) -> str:
        return f"{self.membership}"
