"""Founders and their cases. A founder is found by every spelling, a case has no line in its timeline yet."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from cases.files.enums import CaseState, ContactWay, DeadlineKind, DeadlineSource, FundingKind, Outcome
from cases.files.models import (
    Case,
    CaseLabel,
    Deadline,
    FollowUp,
    Founder,
    Funding,
    Label,
    PlanStep,
    StepTemplate,
    TextBlock,
    TimelineEntry,
    Translation,
)
from cases.files.names import write_keys
from cases.files.translating import digest_of
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.codes import new_reference
from gruendungswerkstatt.common.text import sort_key

from .intake import SubmissionFactory
from .people import MembershipFactory, MunicipalityFactory, OrganisationFactory


class FounderFactory(DjangoModelFactory):
    """An adult who reads German and wants no messages."""

    class Meta:
        model = Founder
        skip_postgeneration_save = True

    office = factory.SubFactory(OrganisationFactory, office=True)
    name = factory.Sequence(lambda n: f"Gründer {n}")
    sort_name = factory.LazyAttribute(lambda f: sort_key(f.name_latin or f.name)[:200])
    name_latin = ""
    municipality = factory.SubFactory(MunicipalityFactory, office=factory.SelfAttribute("..office"))
    is_adult = True
    language = "de"
    languages = factory.LazyFunction(lambda: ["de"])
    contact_way = ContactWay.PHONE
    phone = factory.Sequence(lambda n: f"+491713920{n:04}")

    @factory.post_generation
    def keys(self, create, extracted, **_kwargs):
        if create:
            write_keys(self)


class CaseFactory(DjangoModelFactory):
    """An open case in its first phase, without an enquiry behind it; trait `closed`."""

    class Meta:
        model = Case

    class Params:
        closed = factory.Trait(
            state=CaseState.CLOSED, outcome=Outcome.WITHDRAWN, closed_at=factory.LazyFunction(clock.now)
        )

    founder = factory.SubFactory(FounderFactory)
    office = factory.SelfAttribute("founder.office")
    reference = factory.LazyFunction(new_reference)
    sort_name = factory.SelfAttribute("founder.sort_name")
    last_contact_at = factory.LazyFunction(clock.now)
    opened_at = factory.SelfAttribute("last_contact_at")  # nobody is spoken to before there is a case


class PlanStepFactory(DjangoModelFactory):
    """An open step in own words."""

    class Meta:
        model = PlanStep

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    text = factory.Sequence(lambda n: f"Schritt {n}")


class StepTemplateFactory(DjangoModelFactory):
    """An office's own template, for every phase, without a day."""

    class Meta:
        model = StepTemplate

    office = factory.SubFactory(OrganisationFactory, office=True)
    texts = factory.Sequence(lambda n: {"de": f"Vorlage {n}", "ar": f"نموذج {n}", "en": f"Template {n}"})


class TextBlockFactory(DjangoModelFactory):
    """A text block in every language, for notes and questions."""

    class Meta:
        model = TextBlock

    office = factory.SubFactory(OrganisationFactory, office=True)
    name = factory.Sequence(lambda n: f"Baustein {n}")
    sort_name = factory.LazyAttribute(lambda block: sort_key(block.name)[:60])
    texts = factory.Sequence(lambda n: {"de": f"Text {n}", "ar": f"نص {n}", "en": f"Words {n}"})


class DeadlineFactory(DjangoModelFactory):
    """An open deadline, entered by hand: the residence permit ends in a week."""

    class Meta:
        model = Deadline

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    kind = DeadlineKind.RESIDENCE
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    source = DeadlineSource.HAND


class FollowUpFactory(DjangoModelFactory):
    """A follow-up after three months that is due today."""

    class Meta:
        model = FollowUp

    case = factory.SubFactory(CaseFactory, closed=True, outcome=Outcome.FOUNDED_SIDE)
    office = factory.SelfAttribute("case.office")
    months = 3
    due_on = factory.LazyFunction(clock.today)


class FundingFactory(DjangoModelFactory):
    """Einstiegsgeld that was asked for ten days ago; nobody has decided."""

    class Meta:
        model = Funding

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    kind = FundingKind.START_BENEFIT
    asked_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=10))


class TimelineEntryFactory(DjangoModelFactory):
    """A note of nobody in particular."""

    class Meta:
        model = TimelineEntry

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    kind = "note"
    text = factory.Sequence(lambda n: f"Notiz {n}")


class LabelFactory(DjangoModelFactory):
    """A label of an office, on no case."""

    class Meta:
        model = Label

    office = factory.SubFactory(OrganisationFactory, office=True)
    name = factory.Sequence(lambda n: f"Schlagwort {n}")
    sort_name = factory.LazyAttribute(lambda label: sort_key(label.name)[:40])


class CaseLabelFactory(DjangoModelFactory):
    """A label on a case."""

    class Meta:
        model = CaseLabel

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    label = factory.SubFactory(LabelFactory, office=factory.SelfAttribute("..office"))
    created_by = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))


class TranslationFactory(DjangoModelFactory):
    """The idea of an enquiry in German, as its words stand now."""

    class Meta:
        model = Translation

    submission = factory.SubFactory(SubmissionFactory)
    office = factory.SelfAttribute("submission.office")
    question = "idea"
    language = "de"
    text = factory.Sequence(lambda n: f"Übersetzung {n}")
    source_digest = factory.LazyAttribute(lambda row: digest_of(row.submission.answers.get("idea", "")))
    author = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))
