"""What founders send: the short way's answers and what a test adds, `SubmissionFactory(given={"name": "Jwan"})`."""

import factory
from factory.django import DjangoModelFactory

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.codes import code_digest, new_code, new_reference
from intake.enums import SubmissionState
from intake.models import Submission
from intake.questions import QUESTIONNAIRE_VERSION
from intake.rules import NOTICE_VERSION

from .people import MunicipalityFactory

# The six answers that are enough to send.
SHORT_WAY = {
    "municipality": "kamen",
    "is_adult": "yes",
    "name": "Amina",
    "contact_way": "phone",
    "phone": "+491713920000",
    "languages": ["ar"],
    "idea": "أريد أن أفتح محل خياطة",
}


class SubmissionFactory(DjangoModelFactory):
    """An enquiry that was sent a moment ago in Arabic; trait `draft`. `given` answers, `code` opens it."""

    class Meta:
        model = Submission

    class Params:
        draft = factory.Trait(state=SubmissionState.DRAFT, sent_at=None)
        given = factory.LazyFunction(dict)
        code = factory.LazyFunction(new_code)

    municipality = factory.SubFactory(MunicipalityFactory, code="kamen", name="Kamen")
    office = factory.SelfAttribute("municipality.office")
    reference = factory.LazyFunction(new_reference)
    code_digest = factory.LazyAttribute(lambda s: code_digest(s.code, salt=s.reference))
    state = SubmissionState.SENT
    language = "ar"
    answers = factory.LazyAttribute(lambda s: SHORT_WAY | s.given)
    text_languages = factory.LazyFunction(lambda: {"idea": "ar"})
    questionnaire_version = QUESTIONNAIRE_VERSION
    notice_version = NOTICE_VERSION
    notice_language = "ar"
    name = factory.LazyAttribute(lambda s: s.answers["name"])
    sector = factory.LazyAttribute(lambda s: s.answers.get("sector", ""))
    is_adult = factory.LazyAttribute(lambda s: s.answers.get("is_adult") != "no")
    sent_at = factory.LazyFunction(clock.now)
