"""What the portal asks of django-allauth beyond its settings."""

import base64
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.limits import HOUR, MINUTE, Paused, Tries, key

from .models import User
from .oidc.second_factor import is_vouched_for

logger = logging.getLogger(__name__)

LIMIT_ERRORS = frozenset({"too_many_login_attempts", "rate_limited"})
LOGIN_PAUSE = 5 * MINUTE  # as in settings.ACCOUNT_RATE_LIMITS
# Wrong passwords for one account from whatever addresses: far more than a person, far less than guessing needs.
MOST_AN_HOUR = 100


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, for people whom an office knows: accounts are never made by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail address or password is not right. Please check both."),
        "incorrect_password": _("The password is not right. Please try again."),
        "enter_current_password": _("The password is not right. Please try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # our pages are pages, whatever a request says it accepts

    def get_client_ip(self, request: HttpRequest) -> str:
        return request.META["REMOTE_ADDR"]  # common.addresses has looked behind our proxies

    def validation_error(self, code: str, *args: Any) -> ValidationError | Paused:
        """The error to raise; where it is about limits the page 429, as everywhere in this portal."""
        return Paused(LOGIN_PAUSE) if code in LIMIT_ERRORS else super().validation_error(code, *args)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Per account and address: nobody shuts a colleague out by typing wrong passwords elsewhere."""
        return key(super()._get_login_attempts_cache_key(request, **credentials), request.META["REMOTE_ADDR"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        _from_everywhere(credentials).refuse()
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _from_everywhere(credentials).count()

    def is_safe_url(self, url: str | None) -> bool:
        """Whether `?next=` may lead to `url`: only to this host."""
        return (url or "").startswith(("/", "http")) and url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_login_stages(self) -> list[str]:
        """Without our second factor where an identity provider had one."""
        stages = super().get_login_stages()
        if is_vouched_for(self.request):
            stages.remove("allauth.mfa.stages.AuthenticateStage")
        return stages

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, so that a copy of the database opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Please set up a second factor first."),
        "incorrect_code": _("The code is not right. Please type the code your app shows now."),
        "unreadable_secret": _("Your second factor cannot be read any more. Please ask your team lead."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a new security key is called unless the person says so: "Security key", then "Security key 2"."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Security key") if number == 1 else gettext("Security key %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a security key sees asking: this host under the portal's name (WebAuthn Level 2, 5.4.2)."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; a ValidationError if SECRET_KEY was changed without keeping the old one as a fallback."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            logger.error("A second factor cannot be decrypted: SECRET_KEY was changed")
            raise self.validation_error("unreadable_secret") from error


def _from_everywhere(credentials: dict[str, Any]) -> Tries:
    return Tries(key("sign-in", credentials.get("email", "")), MOST_AN_HOUR, HOUR)


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret: str) -> bytes:
    """A Fernet key for this purpose alone (HKDF, RFC 5869)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gruendungswerkstatt second factor")
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
