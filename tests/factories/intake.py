"""Submissions, and the answers of the twelve synthetic founders (personas)."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.content.shipped import NOTICE_VERSION
from intake.enums import SubmissionState
from intake.models import Submission
from intake.questions import QUESTIONNAIRE_VERSION
from intake.rules import language_of
from intake.steps import GROUPS
from tests.factories.people import MunicipalityFactory

CODE = "A7C-9KM-34T"

SHORT_WAY = {
    "municipality": "kamen",
    "is_adult": "yes",
    "name": "Rim",
    "contact_way": "phone",
    "phone": "+491713920001",
    "languages": ["ar"],
    "idea": "أريد فتح محل صغير",
}

# Fictional; the numbers are those of the personas' table. `language` is that of the pages they used.
PERSONAS: dict[int, dict] = {
    1: {
        "language": "en",
        "answers": {
            "municipality": "bergkamen",
            "is_adult": "yes",
            "name": "گلالی",
            "contact_way": "phone",
            "phone": "+491713920001",
            "languages": ["prs", "fa"],
            "idea": "می‌خواهم لباس بدوزم و تعمیر کنم.",
            "name_latin": "Gulalai",
            "name_original": "گلالی",
            "interpreter": "yes",
            "german": "a1",
            "sector": "crafts",
            "trade": "massschneider",
            "place": "home",
            "working_time": "side",
            "field_years": "over_5",
            "topics": ["erstberatung", "handwerksrecht", "kinderbetreuung"],
        },
    },
    2: {
        "language": "ar",
        "answers": {
            "municipality": "unna",
            "is_adult": "yes",
            "name": "Abdurrahman Muhammad Nureddin Abdulqadir as-Sabbagh al-Hamawi",
            "contact_way": "email",
            "email": "alhamawi@example.org",
            "languages": ["ar", "de"],
            "idea": "متجر للمواد الغذائية العربية والتوابل في وسط مدينة أونا",
            "name_latin": "Abdurrahman Muhammad Nureddin Abdulqadir as-Sabbagh al-Hamawi",
            "wants_email": "yes",
            "german": "b1",
            "benefits": ["jobcenter"],
            "residence": "any",
            "wants_money": "yes",
            "sector": "retail",
            "place": "shop",
            "working_time": "full",
            "stage": "plan_started",
            "capital": "20_to_50",
            "own_money": "some",
            "topics": ["businessplan", "foerderung_sgb2", "mikrokredit_bank"],
        },
    },
    3: {
        "language": "ar",
        "answers": {
            "municipality": "kamen",
            "is_adult": "yes",
            "name": "Ahmad al-Hasan",
            "contact_way": "phone",
            "phone": "+491713920003",
            "languages": ["ar"],
            "idea": "ورشة لتصليح السيارات، عندي خبرة 12 سنة",
            "interpreter": "yes",
            "german": "a2",
            "benefits": ["jobcenter"],
            "sector": "crafts",
            "trade": "kraftfahrzeugtechniker",
            "place": "shop",
            "working_time": "full",
            "field_years": "over_5",
            "own_business": "yes",
            "own_business_country": "sy",
            "qualification": "vocational",
            "recognition": "unsure",
        },
    },
    4: {
        "language": "ar",
        "answers": {
            "municipality": "luenen",
            "is_adult": "yes",
            "name": "Ahmad Alhasan",
            "contact_way": "sms",
            "phone": "+491713920004",
            "languages": ["ar", "en"],
            "idea": "توصيل الطرود بسيارتي لشركة واحدة",
            "wants_sms": "yes",
            "benefits": ["jobcenter"],
            "self_employed": "yes",
            "sector": "transport",
            "transport_of": ["courier"],
            "activities": ["one_client"],
            "place": "mobile",
            "stage": "trading",
        },
    },
    5: {
        "language": "en",
        "answers": {
            "municipality": "holzwickede",
            "is_adult": "yes",
            "name": "Tesfalem",
            "contact_way": "in_person",
            "languages": ["ti"],
            "idea_later": "yes",
            "interpreter": "yes",
            "german": "none",
            "residence": "employment",
            "sector": "cleaning",
            "working_time": "side",
        },
    },
    6: {
        "language": "ar",
        "answers": {
            "municipality": "kamen",
            "is_adult": "yes",
            "name": "Rim Darwisch",
            "contact_way": "phone",
            "phone": "+491713920006",
            "languages": ["ar"],
            "idea": "أريد رعاية الأطفال في بيتي",
            "phone_shared": "yes",
            "safe_times": ["morning"],
            "reminder_style": "neutral",
            "wants_sms": "no",
            "advisor_gender": "woman",
            "visit_help": ["child"],
            "sector": "care",
            "care_of": ["children"],
            "place": "home",
            "topics": ["erlaubnisse", "kinderbetreuung"],
        },
    },
    7: {
        "language": "ar",
        "answers": {
            "municipality": "kamen",
            "is_adult": "yes",
            "name": "Bilal Nour Eddin",
            "contact_way": "phone",
            "phone": "+491713920007",
            "languages": ["ar", "de"],
            "idea": "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €",
            "own_word": "Olive",
            "reminder_style": "with_place",
            "wants_sms": "yes",
            "german": "b1",
            "benefits": ["jobcenter"],
            "residence": "any",
            "wants_money": "unsure",
            "sector": "food",
            "alcohol": "no",
            "place": "mobile",
            "working_time": "full",
            "ownership": "partners",
            "stage": "plan_started",
            "capital": "5_to_20",
            "topics": ["businessplan", "erlaubnisse"],
        },
    },
    8: {
        "language": "de",
        "answers": {
            "municipality": "schwerte",
            "is_adult": "yes",
            "name": "Şêrîn Xelîlo",
            "contact_way": "sms",
            "phone": "+491713920008",
            "languages": ["kmr", "tr", "de"],
            "idea": "Ich möchte einen Friseursalon für Frauen eröffnen.",
            "name_latin": "Şêrîn Xelîlo",
            "name_original": "شێرین",
            "wants_sms": "yes",
            "german": "b1",
            "sector": "beauty",
            "trade": "friseure",
            "place": "shop",
            "field_years": "over_5",
            "qualification": "vocational",
            "recognition": "no",
            "topics": ["handwerksrecht", "anerkennung"],
        },
    },
    9: {
        "language": "ar",
        "answers": {
            "municipality": "werne",
            "is_adult": "yes",
            "name": "Asma Abdelghani",
            "contact_way": "email",
            "email": "asma@example.org",
            "languages": ["ar", "en"],
            "idea": "ترجمة الوثائق ومرافقة الناس إلى الدوائر",
            "name_latin": "Asmaa Abdulghani",
            "name_original": "أسماء عبد الغني",
            "wants_email": "yes",
            "german": "b2",
            "sector": "translation",
            "place": "online",
            "working_time": "side",
            "qualification": "university",
            "recognition": "running",
        },
    },
    10: {
        "language": "de",
        "answers": {
            "municipality": "froendenberg",
            "is_adult": "yes",
            "name": "Çağrı Işıldak",
            "contact_way": "phone",
            "phone": "+491713920010",
            "languages": ["tr", "de"],
            "idea": "Elektroinstallation für Altbauten",
            "german": "b2",
            "sector": "crafts",
            "trade": "elektrotechniker",
            "field_years": "over_5",
            "qualification": "vocational",
            "recognition": "running",
            "topics": ["handwerksrecht", "tragfaehigkeit"],
        },
    },
    11: {
        "language": "de",
        "answers": {
            "municipality": "boenen",
            "is_adult": "no",
            "name": "Jwan",
            "contact_way": "phone",
            "phone": "+491713920011",
            "languages": ["kmr", "de"],
            "idea": "Online-Shop für Handyhüllen",
            "german": "b2",
            "sector": "retail",
            "place": "online",
            "stage": "thinking",
        },
    },
    12: {
        "language": "en",
        "answers": {
            "municipality": "selm",
            "is_adult": "yes",
            "name": "Oleksandra Kovalchuk",
            "contact_way": "sms",
            "phone": "+491713920012",
            "languages": ["uk", "ru", "en"],
            "idea": "Хочу відкрити студію манікюру.",
            "wants_sms": "yes",
            "german": "a2",
            "sector": "beauty",
            "trade": "none_of_these",
            "place": "shop",
            "planned_start": "2027-03",
            "stage": "plan_started",
        },
    },
}


def text_languages(answers: dict, language: str) -> dict[str, str]:
    """In which language each own text of `answers` was written on a page in `language`."""
    own = ("idea", "own_word")
    return {key: language_of(answers[key], language, answers.get("languages", ())) for key in own if key in answers}


class SubmissionFactory(DjangoModelFactory):
    """A sent submission with the answers of the short way; `draft=True`: an unsent one, `persona=7`: a founder's."""

    class Meta:
        model = Submission

    class Params:
        persona = None
        draft = factory.Trait(state=SubmissionState.DRAFT, sent_at=None, delete_after_on=None)

    municipality = factory.LazyAttribute(lambda o: MunicipalityFactory(code=o.answers["municipality"]))
    office = factory.SelfAttribute("municipality.office")
    reference = factory.LazyFunction(codes.new_reference)
    code_digest = factory.LazyAttribute(lambda o: codes.code_digest(CODE, salt=o.reference))
    state = SubmissionState.SENT
    language = factory.LazyAttribute(lambda o: PERSONAS[o.persona]["language"] if o.persona else "ar")
    answers = factory.LazyAttribute(lambda o: dict(PERSONAS[o.persona]["answers"] if o.persona else SHORT_WAY))
    text_languages = factory.LazyAttribute(lambda o: text_languages(o.answers, o.language))
    questionnaire_version = QUESTIONNAIRE_VERSION
    notice_version = NOTICE_VERSION
    notice_language = factory.SelfAttribute("language")
    visited_steps = factory.LazyFunction(lambda: list(GROUPS))
    name = factory.LazyAttribute(lambda o: o.answers.get("name", ""))
    sector = factory.LazyAttribute(lambda o: o.answers.get("sector", ""))
    is_adult = factory.LazyAttribute(lambda o: {"yes": True, "no": False}.get(o.answers.get("is_adult")))
    sent_at = factory.LazyFunction(clock.now)
    delete_after_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=183))
