"""The pages that are measured, and who opens them."""

from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils.translation import override

from cases.files.models import Case
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS, OFFICE
from network.people.models import Organisation, User

from . import long_file


@dataclass(frozen=True)
class Page:
    """`role` is the README's word of the account that opens it, "" for nobody."""

    name: str
    path: str
    role: str = "advisor"


LONG_FILE = f"case, {long_file.LINES} entries"
WORKLIST, ADMIN_LIST, START = "worklist, 50 rows", "Django admin, same table", "first page of the intake"
DAY = "my day"


def pages() -> list[Page]:
    """Pages of every role, in German; the case page is that of the office's latest case."""
    office = Organisation.objects.get(code=OFFICE)
    case = Case.objects.for_office(office).order_by("-opened_at", "-id").first()
    with override("de"):
        listed = reverse("cases:case_list")
        return [
            Page(WORKLIST, listed),
            Page("worklist, search by name", f"{listed}?q=Kovalchuk"),
            Page("worklist, search by number", f"{listed}?q={case.reference}"),
            Page(DAY, reverse("cases:day_detail")),
            Page("my day, the office", f"{reverse('cases:day_detail')}?whose=office"),
            Page("worklist, rare language by name", f"{listed}?language=ti&sort=name"),
            Page("worklist, no appointment planned", f"{listed}?appointment=none&sort=contact"),
            Page("worklist, start without application", f"{listed}?due=start_without_application&sort=start"),
            Page("worklist, half a year without contact", f"{listed}?contact=half_year"),
            Page("worklist, counts and saved views", reverse("cases:view_list")),
            Page("inbox", reverse("cases:inbox_list")),
            Page("case", reverse("cases:case_detail", args=[case.uuid])),
            Page(LONG_FILE, reverse("cases:case_detail", args=[long_file.make(office).uuid])),
            Page("appointments", reverse("appointments:appointment_list")),
            Page("statistics", reverse("statistics:figure_list")),
            Page("messages", reverse("messages:message_list"), "team lead"),
            Page("referrals to a partner", reverse("referrals:referral_list"), "partner"),
            Page("directory", reverse("directory:offer_list"), ""),
            Page("directory, search", f"{reverse('directory:offer_list')}?q=grundung", ""),
            Page(START, reverse("intake:start"), ""),
            Page(ADMIN_LIST, "/bench/admin/cases_files/case/", "team lead"),
        ]


def session_of(role: str) -> str:
    """A session of the demonstration's first account with this role, as signing in makes it; "" for nobody."""
    if not role:
        return ""
    account = next(account for account in DEMO_ACCOUNTS if account.role == role)
    user = User.objects.get(email=account.email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key
