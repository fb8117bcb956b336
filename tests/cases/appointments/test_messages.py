"""What messages say, and to whom: asked when they are sent."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.appointments import messages, reminders, services
from cases.appointments.enums import Place
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import at
from gruendungswerkstatt.messaging import composing, registry, sending
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.registry import Recipient
from gruendungswerkstatt.messaging.sms_length import sms_length

KINDS = [code for code, _label, _shipped in messages.KINDS]
LANGUAGES = ["de", "ar", "en"]
STARTS_AT = at(date(2026, 12, 1), 14, 30)
PLACE = "Bahnhofstraße 1, 59423 Unna"
PHONE = "02303 2538 5422"
VOLUNTARY = {
    "de": "Der Termin ist freiwillig",
    "ar": "الحضور طوعي، ولا عواقب إذا لم تحضر",
    "en": "Coming is voluntary",
}
DAY = {"de": "Dienstag, 1. Dezember 2026", "ar": "الثلاثاء", "en": "Tuesday"}
# Rule 12, and the names of the personas.
FORBIDDEN = re.compile(
    r"job.?cent|مركز العمل|agentur|gründung|geschäft|business|مشروع|existenz|"
    r"finanzplan|gulalai|abdurrahman|ahmad|tesfalem|rim|bilal|xelîlo|asma|أسماء|çağrı|jwan|oleksandra|"
    r"https?:|www\.|href|src=|<img|\b[34679ACDEFGHJKMNPQRTWXY]{3}-|\b\d{4}-\d{4}\b",
    re.IGNORECASE,
)


class Visible(HTMLParser):
    """The words of an HTML page."""

    def __init__(self, page: str):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data


def bare(text: str) -> str:
    """Without the invisible isolates."""
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.fixture
def appointment(noon, case, advisor):
    return services.plan(
        case, advisor, advisor=advisor, starts_at=STARTS_AT, address=PLACE, topic="Finanzplan für Gulalai"
    )


def text_of(appointment, kind: str, channel: str, **founder) -> composing.Text:
    """The message as it would be sent to the founder with these wishes."""
    person = appointment.case.founder
    for name, value in founder.items():
        setattr(person, name, value)
    recipient = Recipient(person.language, "", "", messages._context(appointment, person))
    return composing.compose(registry.kind(kind), channel, recipient)


@pytest.mark.parametrize("style", ["neutral", "with_place"])
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_message_says_what_it_must_and_nothing_more(appointment, kind, language, channel, style):
    appointment.case.founder.name = appointment.case.founder.name_latin = "Gulalai"
    text = text_of(appointment, kind, channel, language=language, reminder_style=style, own_word="Granatapfel")
    parts = [text.body] + ([text.title, text.html] if channel == Channel.EMAIL else [])
    for part in parts:
        assert not FORBIDDEN.search(part), FORBIDDEN.search(part)
        assert "Granatapfel" in part
    for part in parts if channel == Channel.SMS else [text.body, text.html]:
        words = bare(part)
        assert DAY[language] in words
        assert "14:30" in words
        assert PHONE in words
        is_cancelled = kind == reminders.CANCELLED
        assert (VOLUNTARY[language] in words) != is_cancelled
        assert (PLACE in words) == (style == "with_place" and not is_cancelled)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(appointment, kind, language):
    text = text_of(appointment, kind, Channel.EMAIL, language=language, reminder_style="with_place", own_word="Mond")
    assert bare(Visible(text.html).text).split() == bare(text.title).split() + bare(text.body).split()


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_translated(appointment, kind):
    """A word of the English text in another language is a missing translation."""
    english = set(re.findall("[A-Za-z]{3,}", text_of(appointment, kind, Channel.EMAIL, language="en").body))
    for language in ("de", "ar"):
        other = text_of(appointment, kind, Channel.EMAIL, language=language)
        shared = english & set(re.findall("[A-Za-z]{3,}", f"{other.title} {other.body}"))
        assert not shared, f"{language}: {shared}"


def test_numbers_in_arabic_text_are_isolated(appointment):
    body = text_of(appointment, reminders.REMINDER, Channel.EMAIL, language="ar").body
    assert "\u2068" + PHONE + "\u2069" in body
    assert "\u2068" + "14:30" + "\u2069" in body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_latin_sms_fits_into_one(appointment, kind, language):
    """One sign outside GSM 03.38, a dash or an invisible isolate, and 70 signs fit instead of 160."""
    text = text_of(appointment, kind, Channel.SMS, language=language)
    length = sms_length(text.body)
    assert (length.is_gsm, length.parts) == (True, 1)
    assert sms_length(text_of(appointment, kind, Channel.SMS, language=language, own_word="Apfel").body).is_gsm


@pytest.mark.parametrize("word", ["Jobcenter", "منحة التأسيس", "Asyl", "мій джобцентр"])
def test_an_own_word_that_tells_is_left_out(appointment, word):
    """It may have been chosen before anybody checked it."""
    text = text_of(appointment, reminders.REMINDER, Channel.EMAIL, language="ar", own_word=word)
    assert word not in text.title + text.body + text.html


def test_a_shared_phone_hears_no_place(appointment):
    text = text_of(appointment, reminders.REMINDER, Channel.SMS, reminder_style="with_place", is_phone_shared=True)
    assert PLACE not in text.body


def test_a_place_that_names_the_authority_is_left_out(appointment):
    appointment.address = "Job-Center Kreis Unna, Bismarckstr. 21"
    text = text_of(appointment, reminders.REMINDER, Channel.SMS, language="de", reminder_style="with_place")
    assert "Bismarckstr" not in text.body


@pytest.mark.parametrize("place", [Place.PHONE, Place.VIDEO])
def test_a_talk_from_afar_says_so_if_the_place_is_wanted(appointment, place):
    appointment.place = place
    text = text_of(appointment, reminders.REMINDER, Channel.SMS, language="de", reminder_style="with_place")
    with override("de"):
        assert str(place.label) in text.body


@given(word=st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_own_word_makes_a_mail_that_can_be_sent(word):
    from gruendungswerkstatt.messaging.channels import email

    context = {"starts_at": STARTS_AT, "phone": "+49230325385422", "place": "", "own_word": word}
    for language in LANGUAGES:
        text = composing.compose(registry.kind(reminders.REMINDER), Channel.EMAIL, Recipient(language, "", "", context))
        assert "\n" not in text.title
        assert "\r" not in text.title
        if not re.search("[\ud800-\udfff]", word):
            mail_ = email._mail(messages.Appointment(case_id=1).uuid, "founder@example.org", text)
            assert mail_.message().as_bytes()
        last = bare(text.body).splitlines()[-1]
        assert VOLUNTARY[language] in last


# --- At sending time -------------------------------------------------------------------------------------------------


@pytest.fixture
def reminder_is_due(appointment):
    """The clock stands at the first reminder; the note of the booking is sent."""
    sending.send_due()
    mail.outbox.clear()
    with clock.frozen(STARTS_AT - timedelta(days=3)):
        yield appointment


def reminder_states() -> dict[str, tuple[str, str]]:
    found = Message.objects.filter(kind=reminders.REMINDER, offset_minutes=3 * 24 * 60)
    return {m.channel: (m.state, m.void_reason) for m in found}


def test_the_language_is_the_one_at_sending(reminder_is_due, founder):
    founder.language = "en"
    founder.save()
    sending.send_due()
    assert mail.outbox[0].subject == "Appointment reminder"
    assert Message.objects.get(kind=reminders.REMINDER, state="sent").language == "en"


def test_the_address_is_the_one_at_sending(reminder_is_due, founder):
    founder.email = "new@example.org"
    founder.save()
    sending.send_due()
    assert mail.outbox[0].to == ["new@example.org"]


def test_the_channel_is_the_one_at_sending(reminder_is_due, founder, settings, tmp_path):
    settings.SMS_DIR = tmp_path
    founder.wants_email, founder.wants_sms = False, True
    founder.save()
    sending.send_due()
    assert reminder_states() == {"email": ("void", "not_wanted"), "sms": ("sent", "")}
    assert len(list(tmp_path.iterdir())) == 1


def test_a_wish_without_an_address_is_told(reminder_is_due, founder):
    founder.email = ""
    founder.save()
    sending.send_due()
    assert reminder_states() == {"email": ("void", "no_address"), "sms": ("void", "not_wanted")}


def test_a_moved_appointment_is_not_announced_at_its_old_time(reminder_is_due, advisor):
    appointment = reminder_is_due
    given = {"minutes": 45, "place": "office", "address": PLACE, "advisor": advisor, "version": 1}
    services.move(appointment, advisor, starts_at=STARTS_AT + timedelta(days=7), **given)
    sending.send_due()
    assert [sent.subject for sent in mail.outbox] == ["تغيّر موعدكم"]
    assert reminder_states()["email"] == ("planned", "")


def test_a_row_of_an_old_version_is_refused_even_if_nobody_took_it_back(reminder_is_due):
    type(reminder_is_due).objects.update(version=2)
    sending.send_due()
    assert mail.outbox == []
    assert reminder_states()["email"] == ("void", "superseded")


def test_after_the_last_useful_moment_it_is_not_sent(reminder_is_due):
    with clock.frozen(STARTS_AT - timedelta(hours=35)):
        sending.send_due()
    assert reminder_states()["email"] == ("void", "too_late")


def test_recipients_of_a_batch_are_found_with_one_query(reminder_is_due, django_assert_num_queries):
    found = list(Message.objects.all())
    with django_assert_num_queries(1):
        assert len(messages.resolve(found)) == len(found) > 3
