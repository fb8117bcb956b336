"""Enquiries that the office types in for a founder: at the desk, on the phone, from a returned paper form.

They are sent at once, so that nothing is lost when somebody has to leave, and are marked as not confirmed until the
founder has said that they are right (confirming.py).
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.common.ids import new_uuid
from network.people.models import Membership, Municipality
from network.people.selectors import municipality

from . import erasure
from .enums import Channel, Signer, SubmissionState
from .models import Submission
from .papers import files
from .questions import QUESTIONNAIRE_VERSION, QUESTIONS
from .rules import language_of, relevant
from .services import REFERENCE_TRIES, UnknownMunicipality
from .signals import submission_received

RECEIVED_AT_HOUR = 12  # of a day in the past: nobody notes the minute on a paper form
_YES_NO = {"yes": True, "no": False}


class OtherOffice(Exception):
    """Another office of this portal is responsible for the town: the enquiry would leave the office that typed it."""


class NotOpen(Exception):
    """The founder has confirmed the answers, or the enquiry was answered: they are not changed any more."""


@transaction.atomic
def enter(
    *,
    submission_uuid: uuid.UUID | None = None,
    channel: Channel,
    by: Membership,
    answers: Mapping[str, Any],
    language: str,
    words_language: str = "",
    received_on: date | None = None,
    signed_by: Signer | str = "",
) -> Submission:
    """Take what a founder told `by`, a member of the office, and send it as not confirmed. Tells `submission_received`.

    `language` is the one the founder reads pages and messages in, `words_language` the one their own words are
    written in ("" to find it out), `received_on` when a paper form came. Raises UnknownMunicipality and OtherOffice;
    then nothing is stored.
    """
    town = _town(answers["municipality"], by)
    given = _given(answers)
    submission = _insert(
        uuid=submission_uuid or new_uuid(),
        office_id=by.organisation_id,
        municipality=town,
        state=SubmissionState.SENT,
        channel=channel,
        entered_by=by,
        signed_by=signed_by,
        language=language,
        answers=given,
        text_languages=_languages_of(given, language, words_language),
        questionnaire_version=QUESTIONNAIRE_VERSION,
        sent_at=_moment(received_on),
        **_columns(given),
    )
    submission_received.send(sender=Submission, submission=submission)
    files.order(submission.uuid)
    return submission


@transaction.atomic
def correct(
    submission: Submission,
    answers: Mapping[str, Any],
    *,
    by: Membership,
    language: str,
    words_language: str,
    version: int,
) -> None:
    """Change what the office has typed, before the founder confirms it. Raises StaleVersion, NotOpen, OtherOffice."""
    row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if row.is_confirmed or row.state != SubmissionState.SENT:
        raise NotOpen
    bump_version(row, seen=version)
    given = _given(answers)
    row.municipality = _town(answers["municipality"], by)
    row.answers, row.language = given, language
    row.text_languages = _languages_of(given, language, words_language)
    for name, value in _columns(given).items():
        setattr(row, name, value)
    row.save(
        update_fields=["municipality", "answers", "language", "text_languages", *_columns(given), "version"],
    )
    files.order_anew(row.uuid)


def _given(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered and applies."""
    return relevant({key: value for key, value in answers.items() if value})


def _town(code: str, by: Membership) -> Municipality:
    town = municipality(code)
    if town is None:
        raise UnknownMunicipality(code)
    if town.office_id != by.organisation_id:
        raise OtherOffice(code)
    return town


def _insert(**columns: Any) -> Submission:
    """The new row, with a code that nobody knows: the founder gets one with the confirmation, or at the desk."""
    for _try in range(REFERENCE_TRIES):
        reference = codes.new_reference()
        row = Submission(
            reference=reference, code_digest=codes.code_digest(codes.new_code(), salt=reference), **columns
        )
        row.delete_after_on = erasure.kept_until(row, clock.local(row.sent_at).date())
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            continue  # the reference number is taken
        row.refresh_from_db(fields=["delete_after_on"])
        return row
    raise RuntimeError("no free reference number found")


def _moment(received_on: date | None) -> datetime:
    now = clock.now()
    if received_on is None or received_on == clock.today():
        return now
    return clock.at(received_on, RECEIVED_AT_HOUR)


def _languages_of(answers: Mapping[str, Any], language: str, words_language: str) -> dict[str, str]:
    """In which language each own text is written; it stays as written, whoever typed it (rule 6)."""
    own = (key for key in answers if QUESTIONS[key].is_own_words)
    spoken = answers.get("languages", ())
    return {key: words_language or language_of(answers[key], language, spoken) for key in own}


def _columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": answers["name"],
        "sector": answers.get("sector", ""),
        "is_adult": _YES_NO.get(answers.get("is_adult")),
    }
