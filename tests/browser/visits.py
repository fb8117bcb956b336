"""How to come to see every page: one visit for each row of the access matrix and role, and what a row alone misses.

Pages are drawn by the test client, in a savepoint that is rolled back: each visit meets the same two offices.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.shipped import NOTICE_VERSION
from intake import handing_over
from intake.enums import Channel
from intake.handing_over import HandOver
from intake.steps import GROUPS
from network.people import links
from network.people.enums import Role
from network.people.services import invitations
from tests.access.doors import DOORS, OPEN
from tests.access.scene import House, Scene, signed_in
from tests.access.things import Parameters, Row, always
from tests.factories.people import PASSWORD, MembershipFactory
from tests.languages.crawling import LEAVING, Form, Ways

# Whose pages differ: the other office's people see the same ones with other words.
ROLES = ("anonymous", "draft", "founder", "founder_pin", "partner", "advisor", "team_lead", "administrator")
STAFF = ROLES[4:]
NO_PAGES = {
    "livez": "plain text for machines",
    "healthz": "JSON for machines",
    "metrics": "text for machines",
    "people:session_left": "JSON for a script",
    "people:session_stay": "JSON for a script",
    "people:oidc_start": "is there only with an identity provider; its journey looks at it",
    "people:oidc_finish": "is there only with an identity provider; its journey looks at it",
    "oidc_callback": "is there only with an identity provider; its journey looks at it",
    "intake:blank": "a file",
    "status:data_paper": "a file",
    "status:data_export": "a file",
    "intake:group_save": "JSON for a script",
    "status:document_download": "a file",
    "cases:document_download": "a file",
    "cases:memo_paper": "a file",
    "cases:step_paper": "a file",
    "cases:note_draft": "JSON for a script",
    "statistics:figure_export": "a file",
    "cases:case_export": "a file",
}
# What differs between two drawings of the same page and nobody sees.
FLEETING = re.compile(
    r'name="(?:csrfmiddlewaretoken|form_token|key|next|fresh|begun)" value="[^"]*"|data-\w+="[^"]*"|nonce="[^"]*"'
)


@dataclass(frozen=True)
class Visit:
    """`client` opens `address`, or sends a `body` there."""

    client: Client
    address: str
    body: dict[str, str] | None = None


@dataclass(frozen=True)
class Page:
    """What a visit shows: the answer's text and headers, and the forms on it."""

    address: str
    status: int
    html: str
    headers: dict[str, str]
    forms: list[Form] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """What is the same when two drawings look the same."""
        return FLEETING.sub("", self.html)

    @property
    def main(self) -> str:
        """The same for what is said, without the header and footer that a role's pages share."""
        return self.seen.partition("<main")[2].partition("</main>")[0]


def draw(visit: Visit) -> Page | None:
    """The page of a visit; None where the answer is none (a redirect, a file)."""
    cache.clear()  # so many visits from one address would be paused
    with transaction.atomic():
        ask = visit.client.get if visit.body is None else visit.client.post
        answer: HttpResponse = ask(visit.address, visit.body)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        html = answer.content.decode() if is_page and not answer.streaming else ""
        transaction.set_rollback(True)
    if not html:
        return None
    ways = Ways()
    ways.feed(html)
    return Page(visit.address, answer.status_code, html, dict(answer.headers), ways.forms)


class Guide:
    """Leads to every page: `visits(row)` in the active language; furnishes the two offices (`Scene`) a little more."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.here: House = self.scene.here
        self._secured = MembershipFactory(organisation=self.here.office, team_lead=True)
        TOTP.activate(self._secured.user, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(self._secured.user)
        self._holder = MembershipFactory(organisation=self.here.office, team_lead=True)
        self._key = Authenticator.objects.create(
            user=self._holder.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Schlüssel", "credential": {}}
        )
        self._invitation = invitations.invite(
            self.here.team_lead,
            self.here.office,
            key=new_uuid(),
            role=Role.ADVISOR,
            email="nur.amedi@example.org",
            name="Nûr Amedî",
            language="de",
        )

    def visits(self, row: Row) -> Iterator[Visit]:
        """Everybody who may open the address, then what is special about it."""
        if row.get is not None:
            for role in ROLES:
                if {**DOORS[row.door], **row.but}[role] in OPEN:
                    for address in self._addresses(row):
                        yield Visit(self._browser(role), address)
        if special := SPECIAL.get(row.name):
            yield from special(self, row)

    def sent_empty(self, client: Client, page: Page) -> Iterator[Page]:
        """The answers to the page's forms, each sent with nothing but its hidden fields."""
        for form in page.forms:
            action = form.action or page.address
            if not action.startswith("/") or resolve(action).view_name in LEAVING:
                continue
            answer = draw(Visit(client, action, form.data))
            if answer is not None and answer.status == 200:
                yield answer

    def _addresses(self, row: Row) -> Iterator[str]:
        query = row.query(self.here)
        for thing in MANY.get(row.name, (row.thing,)):
            yield reverse(row.name, kwargs=thing(self.here), query=query)

    def _browser(self, role: str) -> Client:
        client = self.scene.browser(role)
        return _just_signed_in(client) if role in STAFF else client

    # --- what a row alone does not show ---

    def secured(self, row: Row) -> Iterator[Visit]:
        """Somebody with a second factor, an app's or a key, who has just shown it."""
        member = self._holder if "webauthn" in row.name else self._secured
        thing = {"pk": self._key.pk} if row.thing(self.here) else {}
        yield Visit(_just_signed_in(signed_in(member)), reverse(row.name, kwargs=thing))

    def secured_long_ago(self, row: Row) -> Iterator[Visit]:
        yield Visit(_just_signed_in(signed_in(self._secured), seconds_ago=4000), reverse(row.name))

    def between_password_and_code(self, row: Row) -> Iterator[Visit]:
        client = Client()
        client.post(reverse("account_login"), {"login": self._secured.user.email, "password": PASSWORD})
        yield Visit(client, reverse(row.name))

    def wrong_password(self, row: Row) -> Iterator[Visit]:
        yield Visit(Client(), reverse(row.name), {"login": "niemand@example.org", "password": "falsch"})

    def new_password(self, row: Row) -> Iterator[Visit]:
        user, client = self.here.colleague.user, Client()
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        yield Visit(client, client.get(reverse(row.name, kwargs=key)).url)

    def invited(self, row: Row) -> Iterator[Visit]:
        client = Client()
        client.get(links.invitation_path(self._invitation))
        yield Visit(client, reverse(row.name))

    def choosing(self, row: Row) -> Iterator[Visit]:
        """Somebody who works for two offices."""
        yield Visit(self.scene.browser("two_offices"), reverse(row.name))

    def nobodys(self, row: Row) -> Iterator[Visit]:
        """Somebody whose membership has ended."""
        yield Visit(self.scene.browser("former"), reverse(row.name))

    def unsent(self, row: Row) -> Iterator[Visit]:
        """Signed out while a note was typed: the sign-in page that keeps it, and the page that offers it again."""
        client, address = Client(), reverse("cases:note_create", kwargs={"case_uuid": self.here.case.uuid})
        answer = client.post(address, {"text": "Notiz"})
        yield Visit(client, address, {"text": "Notiz"})
        kept = {"unsent": answer.context["form"]["unsent"].value()}
        user = self.here.advisor.user
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **kept})
        yield Visit(client, reverse(row.name))

    def notice(self, row: Row) -> Iterator[Visit]:
        """A version that there is."""
        yield Visit(Client(), reverse(row.name, kwargs={"version": NOTICE_VERSION}))

    def handed_over(self, row: Row) -> Iterator[Visit]:
        """A founder with the office's device, and with a phone of their own."""
        for back in (reverse("cases:inbox_list"), ""):
            client, carrier = Client(), HttpResponse()
            handing_over.give(carrier, HandOver(self.here.entered.uuid, back))
            client.cookies[handing_over.COOKIE] = carrier.cookies[handing_over.COOKIE].value
            yield Visit(client, reverse(row.name))

    def answers(self, row: Row) -> Iterator[Visit]:
        """What a form says after it was sent, with nothing missing: a code, a PIN."""
        for role in ("advisor", "team_lead"):
            yield Visit(self._browser(role), reverse(row.name, kwargs=row.thing(self.here)), row.data(self.here))


def _just_signed_in(client: Client, seconds_ago: int = 0) -> Client:
    """The account's own pages ask again after a while."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - seconds_ago}]
    session.save()
    return client


# The addresses that stand for several pages.
MANY: Mapping[str, tuple[Parameters, ...]] = {
    "cases:entry_new": tuple(always(channel=channel) for channel in Channel if channel.is_office),
    "intake:group_detail": tuple(always(group_code=code) for code in GROUPS),
    "content:page_detail": tuple(always(slug=slug) for slug in PageSlug if slug != PageSlug.START),
}
SPECIAL: Mapping[str, Callable[[Guide, Row], Iterator[Visit]]] = {
    "account_login": Guide.wrong_password,
    "account_reset_password_from_key": Guide.new_password,
    "mfa_authenticate": Guide.between_password_and_code,
    "mfa_reauthenticate": Guide.secured_long_ago,
    "people:invitation_accept": Guide.invited,
    "people:membership_switch": Guide.choosing,
    "people:home": Guide.nobodys,
    "people:unsent_form": Guide.unsent,
    "content:notice_detail": Guide.notice,
    "intake:confirm": Guide.handed_over,
    "cases:number_make": Guide.answers,
    "cases:code_renew": Guide.answers,
    "cases:pin_set": Guide.answers,
    "people:member_factor_reset": Guide.answers,
    **dict.fromkeys(
        [
            "mfa_index",
            "mfa_list_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
        ],
        Guide.secured,
    ),
}
