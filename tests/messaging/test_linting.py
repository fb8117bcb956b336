"""What no text of a message may say; every reason, every language, and anything at all."""

import csv
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gruendungswerkstatt.messaging import checks, office_texts, registry
from gruendungswerkstatt.messaging.enums import Channel, TextRefusal
from gruendungswerkstatt.messaging.linting import SMS_PARTS, findings
from gruendungswerkstatt.messaging.sms_length import sms_length
from gruendungswerkstatt.messaging.telling import STRICT, tells
from gruendungswerkstatt.messaging.wordings import Placeholder, Script, Wording

LANGUAGES = [code for code, _name in django_settings.LANGUAGES]
KNOWN = {
    p.name: p
    for p in (
        Placeholder("date", "Date", Script.LANGUAGE),
        Placeholder("time", "Time", Script.NUMBERS),
        Placeholder("place", "Place", may_be_empty=True, is_required=False),
    )
}
FIT = "Termin: {date}, {time}\n{place}\nBis bald."
FORBIDDEN_TERMS = (
    *("Jobcenter", "Agentur für Arbeit", "Gründungswerkstatt", "Existenzgründung", "Selbstständigkeit"),
    *("Gewerbeamt", "Handwerkskammer", "Industrie- und Handelskammer (IHK)", "Geschäftsidee", "Businessplan"),
    *("Einstiegsgeld", "Gründungszuschuss", "Darlehen", "Mikrokredit", "Antrag", "Bescheid"),
    *("Grundsicherungsgeld", "Sozialamt", "Ausländerbehörde", "Duldung", "Aufenthaltstitel", "Finanzamt"),
    *("Kooperationsplan", "Tragfähigkeit", "Finanzierungsplan", "Wirtschaftsförderung", "Beratung"),
    *("Kommunales Integrationszentrum", "Anerkennung", "Kapitalbedarf"),
)
with (Path(__file__).parents[2] / "docs" / "glossary.csv").open(encoding="utf-8") as _file:
    GLOSSARY = {row["de"]: row for row in csv.DictReader(_file)}


def reasons(body: str, channel: str = Channel.SMS, title: str = "", names=()) -> set[str]:
    return {f.reason.value for f in findings(Wording(body, title), channel, KNOWN, names=names)}


def test_a_plain_text_passes():
    assert reasons(FIT) == set()
    assert reasons(FIT, Channel.EMAIL, "Ihr Termin am {date}") == set()


def test_all_shipped_texts_pass():
    assert len(registry.kinds()) >= 4
    assert checks.check_shipped_texts(None) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", FORBIDDEN_TERMS)
def test_terms_of_the_glossary_are_refused_in_every_language(term, language):
    telling = {"authority", "benefit", "situation", "founding", "topic"}
    assert reasons(f"{FIT}\n{GLOSSARY[term][language].partition(',')[0]}") & telling


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("JOB-CENTER", "authority"),
        ("J o b c e n t e r", "authority"),
        ("Job\u200bcenter", "authority"),
        ("𝐉𝐨𝐛𝐜𝐞𝐧𝐭𝐞𝐫", "authority"),
        ("Dschobzenter", "authority"),
        ("Jobsenter", "authority"),
        ("جوب سنتر", "authority"),
        ("الجوبسنتر", "authority"),
        ("جاب سنتر", "authority"),
        ("بمركز العَمَل", "authority"),
        ("وكالة العمل", "authority"),
        ("джобцентр", "authority"),
        ("центр зайнятості", "authority"),
        ("Bürgergeld", "benefit"),
        ("BUERGERGELD", "benefit"),
        ("إعانة", "benefit"),
        ("والقرض", "benefit"),
        ("Asylverfahren", "situation"),
        ("للاجئين", "situation"),
        ("مشروعكم", "founding"),
        ("self-employment", "founding"),
        ("Gewerbeanmeldung", "topic"),
        ("beantragen", "topic"),
        ("Frau Kluge", "person"),
        ("Sehr geehrte Damen", "person"),
        ("السيدة", "person"),
        ("ALG 2", "benefit"),
        ("ALG II", "benefit"),
        ("alg2", "benefit"),
        ("unemployment", "benefit"),
        ("arbeitslos", "benefit"),
        ("البطالة", "benefit"),
        ("Meldeaufforderung", "duty"),
        ("Sie müssen erscheinen", "duty"),
        ("Bitte erscheinen Sie", "duty"),
        ("Sie muessen kommen.", "duty"),
        ("Sie sind verpflichtet zu kommen", "duty"),
        ("Pflichttermin", "duty"),
        ("Vorladung", "duty"),
        ("You must come", "duty"),
        ("Your attendance is required", "duty"),
        ("You are obliged to come", "duty"),
        ("You have to be there", "duty"),
        ("يجب عليكم الحضور", "duty"),
        ("أنت مُلزَم بالحضور", "duty"),
        ("الحضور إلزامي", "duty"),
        ("Kommen Sie zum Amt", "authority"),
        ("Jugendamt", "authority"),
        ("die Behörden", "authority"),
        ("our office", "authority"),
        ("Ihre Schulden", "situation"),
        ("your debts", "situation"),
        ("ديونكم", "situation"),
        ("Scheidung", "situation"),
        ("divorce", "situation"),
        ("الطلاق", "situation"),
        ("Kinderbetreuung", "topic"),
        ("childcare", "topic"),
        ("رعاية الأطفال", "topic"),
        ("Ihr Geschäft", "topic"),
        ("Ihre Firma", "topic"),
        ("your company", "topic"),
        ("شركتكم", "topic"),
        ("J\u043ebcenter", "authority"),
        ("\u0391LG 2", "benefit"),
        ("J\u043ebcenter", "mixed_letters"),
        ("Te\u03b1m", "mixed_letters"),
        ("https://termin.example.org/x", "link"),
        ("termin.example.org", "link"),
        ("www.beispiel", "link"),
        ("büro@example.org", "link"),
        ("02303 2538-5422", "number"),
        ("٠٢٣٠٣٢٥٣٨", "number"),
        ("4821-9037", "number"),
        ("A7C-9KM-34T", "code"),
        ("Ihre PIN", "code"),
        ("كلمة المرور", "code"),
        ("الرمز", "code"),
        ("{nmae}", "unknown_placeholder"),
        ("{Name}", "brace"),
        ("{{ date }}", "brace"),
        ("{% now %}", "brace"),
        ("a } b", "brace"),
        ("\u202eabc", "control"),
        ("\u2067abc", "control"),
        ("a\x07b", "control"),
        ("a\u2028b", "control"),
        ("{place} um {time}", "shared_line"),
    ],
)  # fmt: skip
def test_what_must_not_stand_there(words, reason):
    assert reason in reasons(f"{FIT}\n{words}")


@pytest.mark.parametrize(
    "words",
    [
        "Bitte kommen Sie pünktlich in den 3. Stock, Zimmer 12.",
        "Bringen Sie gern jemanden mit. Wir freuen uns auf Sie!",
        "You are welcome to bring somebody along. Room 2.14",
        "يمكنكم إحضار شخص معكم. الطابق 3، الغرفة 12",
        "مرحبًا! نتمنى لكم يومًا طيبًا.",
        "Kinder dürfen mitkommen, Rollstuhl kein Problem.",
        "\u200fنراكم قريبًا\u200f",
        "Sie müssen nichts mitbringen. Alles zusammen dauert insgesamt eine Stunde.",
        "Entschuldigen Sie die Verspätung. Die Entscheidung liegt bei Ihnen.",
        "Wir laden Sie herzlich ein. Der Aufzug ist in Betrieb.",
        "You do not have to bring anything. Coming is not required.",
        "لا يجب إحضار أي شيء.",
        "Чекаємо на вас! Καλή σας ημέρα",
    ],
)
def test_what_may_stand_there(words):
    assert reasons(f"{FIT}\n{words}") == set()


def test_a_finding_names_what_was_found_in_every_language():
    [finding] = findings(Wording(f"{FIT}\nIhr Job-Center"), Channel.SMS, KNOWN)
    assert finding.found == "Job-Center"
    for language in LANGUAGES:
        with override(language):
            assert "Job-Center" in finding.message
    with override("ar"):
        assert all(TextRefusal(reason).label for reason in TextRefusal)


def test_what_is_missing_is_named():
    [finding] = findings(Wording("Termin am {date}"), Channel.SMS, KNOWN)
    assert (finding.reason, finding.found) == (TextRefusal.MISSING_PLACEHOLDER, "{time}")


def test_people_and_bodies_of_the_office_are_not_named():
    assert reasons(f"{FIT}\nHier ist Sabine Klüge.", names={"Sabine Kluge"}) == {"person"}
    assert reasons(f"{FIT}\nSabines Kluger Rat", names={"Sabine Kluge"}) == set()


@pytest.mark.parametrize(
    ("title", "reason"),
    [("", "empty"), ("a\nb", "lines_in_title"), ("x" * 121, "title_too_long"), ("{place}", "maybe_in_title")],
)
def test_subjects(title, reason):
    assert reason in reasons(FIT, Channel.EMAIL, title)


def test_a_long_sms_is_measured_with_its_values():
    kind = registry.kind("appointment_reminder")
    long = Wording(office_texts.composing.shipped(kind, Channel.SMS, "de").body + "\n" + "Wir freuen uns. " * 50)
    [finding] = office_texts.lint(kind, Channel.SMS, "de", long)
    assert finding.reason == TextRefusal.SMS_TOO_LONG
    assert int(finding.found) > SMS_PARTS
    assert office_texts.lint(kind, Channel.EMAIL, "de", Wording(_mail_body(kind) + long.body[-400:], "Termin")) == []


def _mail_body(kind) -> str:
    return office_texts.composing.shipped(kind, Channel.EMAIL, "de").body + "\n"


@given(body=st.text(max_size=300), title=st.text(max_size=60))
@example(body="{" * 200, title="}" * 50)
@example(body="gewerbe" * 40, title="@" * 60)
@settings(max_examples=400, deadline=None)
def test_any_text_is_judged_and_what_passes_can_be_sent(body, title):
    kind = registry.kind("appointment_reminder")
    wording = Wording(_mail_body(kind) + body, title)
    for finding in (found := office_texts.lint(kind, Channel.EMAIL, "de", wording)):
        assert finding.message
    if not found:
        text = office_texts.sample(kind, Channel.EMAIL, "de", wording)
        assert "\n" not in text.title
        assert text.html.encode()
        assert "{" not in text.body


@given(
    word=st.sampled_from(["Jobcenter", "Bürgergeld", "مركز العمل", "Gründung", "Asyl"]),
    before=st.text(st.characters(categories=["Zs", "Po"]), max_size=5),
    after=st.text(st.characters(categories=["Zs", "Po", "Cf"]), max_size=5),
)
@settings(max_examples=200, deadline=None)
def test_signs_around_a_word_hide_nothing(word, before, after):
    assert tells(f"{before}{word}{after}", STRICT)
    assert tells(word.upper(), STRICT)


@pytest.mark.parametrize(
    ("text", "parts", "is_gsm"),
    [
        ("", 1, True),
        ("a" * 160, 1, True),
        ("a" * 161, 2, True),
        ("a" * 306, 2, True),
        ("a" * 307, 3, True),
        ("€" * 80, 1, True),
        ("€" * 81, 2, True),
        ("a" * 152 + "€" * 76, 2, True),
        ("a" * 152 + "€" * 77, 3, True),
        ("ş" * 70, 1, False),
        ("ş" * 71, 2, False),
        ("م" * 134, 2, False),
        ("م" * 135, 3, False),
        ("😀" * 35, 1, False),
        ("😀" * 36, 2, False),
    ],
)
def test_parts_of_an_sms(text, parts, is_gsm):
    found = sms_length(text)
    assert (found.parts, found.is_gsm, found.characters) == (parts, is_gsm, len(text))
