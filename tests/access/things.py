"""What a row of the matrix is made of: the address's parameters and a browser's form, for every office."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cases.files.merging import Seen, differences
from cases.files.translating import digest_of
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.appointments import days_from_now
from tests.factories.documents import photo, sent
from tests.factories.intake import SHORT_WAY

from .scene import House

Parameters = Callable[[House], Mapping[str, Any]]


def always(**values: Any) -> Parameters:
    """The same parameters for every office."""
    return lambda _house: values


nothing = always()


# Who has sent an enquiry, and who has no account.
SENT = ("founder", "founder_pin", "other_founder")
UNKNOWN = ("anonymous", "draft", *SENT)


@dataclass(frozen=True)
class Row:
    """One address.

    `get`, `post`: the status for who gets in; None where the view does not answer that method. `thing` gives the
    parameters of the address, `query` what stands after it, `body` what a browser would send, all for the office
    *here*. `shows`: the page names something that belongs to the office. `but`: cells that differ from the door's.
    """

    name: str
    door: str
    thing: Parameters = nothing
    get: int | tuple[int, ...] | None = 200
    post: int | tuple[int, ...] | None = None
    query: Parameters = nothing
    body: Parameters = nothing
    shows: bool = False
    but: Mapping[str, str] = field(default_factory=dict)

    def data(self, house: House) -> dict[str, Any]:
        """A valid body: with the token and the version every form carries."""
        return {"form_token": str(new_uuid()), "version": "1", **self.body(house)}


def case(house: House) -> Mapping[str, Any]:
    return {"case_uuid": house.case.uuid}


def a_label(house: House) -> Mapping[str, Any]:
    return {"label_uuid": house.label.uuid}


def a_block(house: House) -> Mapping[str, Any]:
    return {"block_uuid": house.block.uuid}


def a_template(house: House) -> Mapping[str, Any]:
    return {"template_key": house.template.uuid}


def a_view(house: House) -> Mapping[str, Any]:
    return {"view_uuid": house.view.uuid}


def chosen_label(house: House) -> Mapping[str, Any]:
    return {"label": str(house.label.uuid)}


def closing(house: House) -> Mapping[str, Any]:
    return {"case": str(house.case.uuid), "act": "close", "outcome": "withdrawn"}


def closing_now(house: House) -> Mapping[str, Any]:
    return {"seen": f"{house.case.uuid}:{house.case.version}", "act": "close", "outcome": "withdrawn"}


def messaging_now(house: House) -> Mapping[str, Any]:
    return {"case": str(house.case.uuid), "seen": f"{house.case.uuid}:{house.case.version}", "text": "please_call"}


def asked_back(house: House) -> Mapping[str, Any]:
    return {"ask_back_uuid": house.asked_back.uuid}


def answered_back(house: House) -> Mapping[str, Any]:
    return {"ask_back_uuid": house.answered_back.uuid}


def some_words(house: House) -> Mapping[str, Any]:
    return {"submission_uuid": house.enquiry.uuid, "question": "idea", "language": "de"}


def translated(house: House) -> Mapping[str, Any]:
    return {"source": digest_of(house.enquiry.answers["idea"]), "text": "Übersetzt", "version": "0"}


def twins(house: House) -> Mapping[str, Any]:
    return {**case(house), "other_uuid": house.twin.uuid}


def merged(house: House) -> Mapping[str, Any]:
    return {"merge_uuid": house.merge.uuid}


def merging(house: House) -> Mapping[str, Any]:
    """All that a browser would send: this case is right wherever both differ."""
    differing = differences(house.twin, house.case)
    versions = Seen.of(house.twin, house.case)
    return {
        "is_same_person": "on",
        "version": str(house.case.version),
        "seen": "-".join(map(str, versions)),
        **{f"pick_{one.code}": "this" for one in differing},
    }


def asked(house: House) -> Mapping[str, Any]:
    return {**case(house), "request_uuid": house.asked.uuid}


def wanted(house: House) -> Mapping[str, Any]:
    return {**case(house), "request_uuid": house.wanted.uuid}


def document(house: House) -> Mapping[str, Any]:
    return {**case(house), "document_uuid": house.document.uuid}


def a_file(_house: House) -> Mapping[str, Any]:
    return {"files": sent(photo())}


def seen(house: House) -> Mapping[str, Any]:
    return {"version": str(house.asked.version)}


def offered(house: House) -> Mapping[str, Any]:
    return {"case_uuid": house.case.uuid, "offer_uuid": house.offer.uuid}


def waiting(house: House) -> Mapping[str, Any]:
    return {"submission_uuid": house.waiting.uuid}


def into_case(house: House) -> Mapping[str, Any]:
    return {**waiting(house), **case(house)}


def doubled(house: House) -> Mapping[str, Any]:
    return {**waiting(house), "double_uuid": house.entered.uuid}


def both_compared(house: House) -> Mapping[str, Any]:
    return {"is_same_person": "on", "other_version": str(house.entered.version)}


def compared(house: House) -> Mapping[str, Any]:
    return {"is_same_person": "on", "case_version": str(house.case.version)}


def entered(house: House) -> Mapping[str, Any]:
    return {"submission_uuid": house.entered.uuid}


def typed_in(house: House) -> Mapping[str, Any]:
    """The short way, told at the desk; somebody in the other office gets the form back: the town is not theirs."""
    answers = {key: value for key, value in SHORT_WAY.items() if isinstance(value, str)}
    return {**answers, "languages": ["ar"], "municipality": house.entered.municipality.code, "page_language": "ar"}


def step(house: House) -> Mapping[str, Any]:
    return {"step_uuid": house.step.uuid}


def deadline(house: House) -> Mapping[str, Any]:
    return {"deadline_uuid": house.deadline.uuid}


def follow_up(house: House) -> Mapping[str, Any]:
    return {"follow_up_uuid": house.follow_up.uuid}


def funding(house: House) -> Mapping[str, Any]:
    return {"funding_uuid": house.funding.uuid}


def asked_for(house: House) -> Mapping[str, Any]:
    return {"kind": "coaching", **a_past_day("asked_on")}


def changed_funding(house: House) -> Mapping[str, Any]:
    return {**asked_for(house), "version": str(house.funding.version)}


def a_past_day(name: str) -> Mapping[str, Any]:
    """The three fields of yesterday."""
    day = clock.today() - timedelta(days=1)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def a_day(name: str) -> Mapping[str, Any]:
    """The three fields of a day in half a year."""
    day = clock.today() + timedelta(days=180)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def consent(house: House) -> Mapping[str, Any]:
    return {"consent_uuid": house.consent.uuid}


def question(house: House) -> Mapping[str, Any]:
    return {"request_uuid": house.question.uuid}


def referral(house: House) -> Mapping[str, Any]:
    return {"referral_uuid": house.referral.uuid}


def answered(word: str) -> Parameters:
    return lambda house: {**referral(house), "word": word}


def advised(house: House) -> Mapping[str, Any]:
    return {"advisor": str(house.advisor.uuid)}


def appointment(house: House) -> Mapping[str, Any]:
    return {"appointment_uuid": house.appointment.uuid}


text = always(kind="appointment_reminder", channel="sms", language="de")
wording = always(body="{own_word}\nTermin: {weekday}, {date}, {time}\n{place}\nTel. {phone}\n{voluntary}")
offer_page = always(slug="offer")


def hint(house: House) -> Mapping[str, Any]:
    return {"title_de": house.word, "text_de": f"Bitte klären Sie das mit {house.word}."}


def page(house: House) -> Mapping[str, Any]:
    return {"title_de": "Was wir anbieten", "body_de": "Beratung", "version": str(house.page.version)}


def page_version(house: House) -> Mapping[str, Any]:
    return {"version": str(house.page.version)}


def member(house: House) -> Mapping[str, Any]:
    return {"member_uuid": house.colleague.uuid}


def another_go(house: House) -> Mapping[str, Any]:
    return {**member(house), "token": new_uuid()}


def leave(house: House) -> Mapping[str, Any]:
    return {"leave_uuid": house.leave.uuid}


def own_office(house: House) -> Mapping[str, Any]:
    return {"organisation_uuid": house.office.uuid}


def address(_house: House) -> Mapping[str, Any]:
    return {
        "street": "Bahnhofstraße 1",
        "postal_code": "59423",
        "place": "Unna",
        "phone": "02303 25380",
        "email": "office@example.org",
    }


def invitation(house: House) -> Mapping[str, Any]:
    return {"invitation_uuid": house.invitation.uuid}


def invited(_house: House) -> Mapping[str, Any]:
    return {
        "key": str(new_uuid()),
        "name": "Neu",
        "email": "neu@example.org",
        "role": "advisor",
        "language": "de",
    }


def numbered(house: House) -> Mapping[str, Any]:
    return {"reference": house.case.reference}


def erased(house: House) -> Mapping[str, Any]:
    return {"reason": "requested", "reference": house.case.reference, "is_confirmed": "on"}


def moment(house: House) -> Mapping[str, Any]:
    starts_at = clock.local(days_from_now(9))
    return {
        "starts_at_day": str(starts_at.day),
        "starts_at_month": str(starts_at.month),
        "starts_at_year": str(starts_at.year),
        "starts_at_time": "11:00",
        "minutes": "45",
        "advisor": str(house.advisor.uuid),
        "place": "office",
    }
