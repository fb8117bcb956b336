"""What happens to a submission: begun, answered, sent, accepted or closed, erased."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.common.ids import new_uuid
from network.people.models import Municipality
from network.people.selectors import municipality

from . import attempts, erasure, merging, pins, progress, selectors
from .counting import CALLBACK
from .enums import Channel, CheckMark, ClosingReason, SubmissionState
from .merging import Other, Seen
from .models import Submission
from .papers import files
from .passes import Pass
from .questions import QUESTIONNAIRE_VERSION, QUESTIONS, Question
from .rules import FASTEST_FORM, language_of, relevant
from .signals import submission_received
from .steps import FIRST, Group

REFERENCE_TRIES = 8


class UnknownMunicipality(Exception):
    """No office of this portal is responsible for the town."""


class Incomplete(Exception):
    """Sending needs more answers: `questions`."""

    def __init__(self, questions: list[Question]):
        super().__init__([question.key for question in questions])
        self.questions = questions


class WrongCode(Exception):
    """Reference number and code do not belong together."""


# --- The founder's side --------------------------------------------------------------------------------------------
@transaction.atomic
def begin(carried: Pass, answers: Mapping[str, Any], language: str, marks: Sequence[CheckMark] = ()) -> Submission:
    """Make the draft for `carried` with the answers of the first page; the same pass again gives the same draft.

    `marks` are why somebody should look twice at it. Raises UnknownMunicipality; then nothing is stored (rule 11).
    """
    draft, is_new = _make_or_lock(carried, answers, language, marks)
    if not is_new and draft.is_draft:
        save_answers(draft, FIRST, answers, language)
    return draft


def _make_or_lock(
    carried: Pass,
    answers: Mapping[str, Any],
    language: str,
    marks: Sequence[CheckMark] = (),
    first: str = FIRST.code,
) -> tuple[Submission, bool]:
    town = _town(answers["municipality"])
    for _try in range(REFERENCE_TRIES):
        try:
            with transaction.atomic():
                return _insert(carried, answers, language, town, marks, first), True
        except IntegrityError:
            # Either this pass made its draft already (double click, two tabs) or the reference number is taken.
            found = selectors.submission_by_code(carried.uuid, carried.code, lock=True)
            if found is not None:
                return found, False
    raise RuntimeError("no free reference number found")


def _insert(
    carried: Pass,
    answers: Mapping[str, Any],
    language: str,
    town: Municipality,
    marks: Sequence[CheckMark],
    first: str,
) -> Submission:
    reference = codes.new_reference()
    return Submission.objects.create(
        uuid=carried.uuid,
        office=town.office,
        municipality=town,
        reference=reference,
        code_digest=codes.code_digest(carried.code, salt=reference),
        language=language,
        answers={key: value for key, value in answers.items() if value},
        questionnaire_version=QUESTIONNAIRE_VERSION,
        notice_version=carried.notice_version,
        notice_language=carried.notice_language,
        visited_steps=[first],
        is_adult=_YES_NO.get(answers.get("is_adult")),
        channel=_channel(answers),
        check_marks=list(marks),
    )


def _channel(answers: Mapping[str, Any], before: str = Channel.SELF) -> Channel:
    """Somebody who has helped once has seen the pages, whatever is answered afterwards."""
    return Channel.HELPER if answers.get("filled_with_help") == "yes" else Channel(before)


def _town(code: str) -> Municipality:
    town = municipality(code)
    if town is None:
        raise UnknownMunicipality(code)
    return town


@contextmanager
def editing(carried: Pass) -> Iterator[Submission | None]:
    """The submission of `carried`, locked until the end of the block; None if it does not exist (any more).

    Two tabs write one after the other, so the newer answer wins and no other one is lost.
    """
    with transaction.atomic():
        yield selectors.submission_by_code(carried.uuid, carried.code, lock=True)


def save_answers(
    draft: Submission, group: Group, given: Mapping[str, Any], language: str, *, seen: Seen | None = None
) -> dict[str, Other]:
    """Put the answers of one page into a locked draft; the page is done. "" and [] take an answer out.

    Only questions in `given` change: answers to questions that no longer apply stay until sending, a change of mind may
    be changed again. Gives those that were changed elsewhere since the page was drawn (`seen`), and when: there the
    newer answer stays. Raises UnknownMunicipality.
    """
    elsewhere = _put(draft, given, {}, language, seen)
    if not elsewhere:
        _visit(draft, group)
    _store(draft, *_PUT_FIELDS)
    return elsewhere


def save_partly(
    draft: Submission,
    group: Group,
    given: Mapping[str, Any],
    typed: Mapping[str, Any],
    language: str,
    *,
    seen: Seen | None = None,
) -> dict[str, Other]:
    """Put what can be saved of a page into a locked draft, and beside it what stands there half `typed`.

    Nothing that is saved is lost for it; a page with something half typed is not done. Gives and raises what
    `save_answers` does.
    """
    elsewhere = _put(draft, given, typed, language, seen)
    if typed:
        draft.visited_steps = [code for code in draft.visited_steps if code != group.code]
    _store(draft, *_PUT_FIELDS)
    return elsewhere


# With the version of the questionnaire: selectors bring a draft up to date when it is read.
_PUT_FIELDS = (
    *("answers", "text_languages", "typed", "changes", "visited_steps", "channel"),
    *("questionnaire_version", "municipality", "office"),
)


def _visit(draft: Submission, group: Group) -> None:
    if group.code not in draft.visited_steps:
        draft.visited_steps = [*draft.visited_steps, group.code]


def _put(
    draft: Submission, given: Mapping[str, Any], typed: Mapping[str, Any], language: str, seen: Seen | None
) -> dict[str, Other]:
    told = merging.typed_over(draft.changes, seen, [*given, *typed])
    others = merging.others(draft.changes, seen, draft.answers, {**given, **typed})
    given, typed = (
        {key: value for key, value in part.items() if key not in others or others[key].is_typed_over}
        for part in (given, typed)
    )
    if given.get("municipality"):
        _move(draft, given["municipality"])
    over = {key: other for key, other in others.items() if other.is_typed_over}
    changed = [key for key, value in given.items() if not merging.is_same(draft.answers.get(key), value)]
    keys = dict.fromkeys([*changed, *over])
    draft.changes = merging.noted(draft.changes, keys, draft.version + 1, clock.now(), seen, over)
    draft.typed = {key: value for key, value in draft.typed.items() if key not in given} | typed
    _merge(draft, given, language)
    return told | others


def _move(draft: Submission, town_code: str) -> None:
    """Another town, and with it the office that is responsible there. Raises UnknownMunicipality."""
    if town_code != draft.answers.get("municipality"):
        draft.municipality = _town(town_code)
        draft.office = draft.municipality.office


def _merge(draft: Submission, given: Mapping[str, Any], language: str) -> None:
    answers = {key: value for key, value in draft.answers.items() if key not in given}
    draft.answers = answers | {key: value for key, value in given.items() if value}
    draft.text_languages = {k: v for k, v in draft.text_languages.items() if k in draft.answers} | {
        key: language_of(value, language, draft.answers.get("languages", ()))
        for key, value in given.items()
        if QUESTIONS[key].is_own_words and value
    }
    draft.language = language
    draft.channel = _channel(draft.answers, draft.channel)


def _store(draft: Submission, *fields: str) -> None:
    draft.last_used_at = clock.now()
    bump_version(draft)
    draft.save(update_fields=["language", "last_used_at", "version", *fields])


def keep_longer(draft: Submission) -> None:
    """Keep a locked draft for 14 days instead of 24 hours, as the person wished."""
    draft.keep_longer = True
    _store(draft, "keep_longer")


def send(
    draft: Submission,
    closing: Mapping[str, Any],
    closing_group: Group,
    language: str,
    pin: str = "",
    *,
    fresh: uuid.UUID | None = None,
) -> str:
    """Send a locked draft with the answers of the closing page; a submission that was sent before stays as it is.

    Answers that no longer apply and what is half typed are left out. Where somebody helped, the code that both may
    have seen is replaced by the one that belongs to `fresh` (see `code_of`): gives it, "" where the code stays. Raises
    Incomplete. Tells `submission_received`.
    """
    if not draft.is_draft:
        return ""
    _merge(draft, closing, language)
    _visit(draft, closing_group)
    draft.answers = relevant(draft.answers)
    lacking = progress.missing(draft.answers)
    if lacking:
        raise Incomplete(lacking)
    draft.pin_hash = pins.hashed(pin)
    code = code_of(draft.uuid, fresh or new_uuid()) if draft.is_helped else ""
    if code:
        draft.code_digest = codes.code_digest(code, salt=draft.reference)
    _mark_sent(draft, [CheckMark.FAST] if clock.now() - draft.created_at < FASTEST_FORM else [])
    _store(draft, "text_languages", "visited_steps", "pin_hash", "code_digest", *_SENT_FIELDS)
    _received(draft)
    return code


def code_of(submission_uuid: uuid.UUID, fresh: uuid.UUID) -> str:
    """The new code that a form with the hidden value `fresh` makes: the form sent again finds what it made."""
    return codes.derived_code(str(submission_uuid), str(fresh))


_YES_NO = {"yes": True, "no": False}
_SENT_FIELDS = (
    *("answers", "typed", "changes", "questionnaire_version"),
    *("state", "sent_at", "delete_after_on", "name", "sector", "is_adult"),
    *("channel", "check_marks"),
)


def _mark_sent(draft: Submission, marks: Sequence[CheckMark]) -> None:
    draft.typed, draft.changes = {}, {}
    told = [*draft.check_marks, *marks, *attempts.marks_of_sending(draft.answers.get("phone", ""))]
    draft.check_marks = list(dict.fromkeys(told))
    draft.text_languages = {key: code for key, code in draft.text_languages.items() if key in draft.answers}
    draft.name = draft.answers["name"]
    draft.sector = draft.answers.get("sector", "")
    draft.is_adult = _YES_NO.get(draft.answers.get("is_adult"))
    draft.state = SubmissionState.SENT
    draft.sent_at = clock.now()
    draft.delete_after_on = erasure.kept_until(draft)


@transaction.atomic
def request_callback(
    carried: Pass,
    *,
    town_code: str,
    name: str,
    phone: str,
    spoken: str,
    language: str,
    marks: Sequence[CheckMark] = (),
) -> Submission:
    """Send name, phone and language at once ("please call me"). The same pass again sends nothing twice.

    A draft that was begun before goes with it, to the town chosen now. `marks` are why somebody should look twice at
    it. Raises UnknownMunicipality.
    """
    draft = selectors.submission_by_code(carried.uuid, carried.code, lock=True) if carried.is_begun else None
    if draft is None:
        draft, _is_new = _make_or_lock(carried, {"municipality": town_code}, language, first=CALLBACK)
    if not draft.is_draft:
        return draft
    _move(draft, town_code)
    given = {
        "municipality": town_code,
        "name": name,
        "contact_way": "phone",
        "phone": phone,
        "languages": [spoken],
    }
    draft.answers = relevant(draft.answers | given)
    draft.is_callback = True
    draft.language = language
    draft.visited_steps = list(dict.fromkeys([*draft.visited_steps, CALLBACK]))
    _mark_sent(draft, marks)
    _store(draft, "is_callback", "text_languages", "visited_steps", "municipality", "office", *_SENT_FIELDS)
    _received(draft)
    return draft


def _received(submission: Submission) -> None:
    submission_received.send(sender=Submission, submission=submission)
    files.order(submission.uuid)


def enter(reference: str, code: str, address: str) -> Submission:
    """The submission for what a person typed, in any digits, case and spacing. Raises WrongCode, attempts.Paused.

    `address` is where the request came from: the limit holds for it and the reference number together.
    """
    reference = codes.normalise_reference(reference)
    tries = attempts.at_code(reference, address)
    tries.refuse()
    submission = selectors.submission_by_reference(reference, code)
    if submission is None:
        tries.count()
        raise WrongCode
    tries.forget()
    return submission


def report_lost_code(reference: str, address: str) -> None:
    """Note that whoever sent the enquiry with this number wants a call, because the code is lost. Raises Paused.

    One statement whether there is such a number or not, and no answer: nobody learns from it which numbers exist. The
    call goes to the number in the enquiry, and the new code ends the old one (access.renew_code).
    """
    attempts.at_lost_code(address).spend()
    rows = Submission.objects.exclude(state=SubmissionState.DRAFT).filter(code_lost_at=None)
    rows.filter(reference=codes.normalise_reference(reference)).update(code_lost_at=clock.now())


def resume(submission: Submission, language: str) -> None:
    """Note that a draft is used again: its time begins anew."""
    Submission.objects.drafts().filter(pk=submission.pk).update(last_used_at=clock.now(), language=language)


def erase_draft(draft: Submission) -> None:
    """Delete a locked draft at once, as the person asked. What was sent is not a draft and stays."""
    if draft.is_draft:
        erasure.erase_submission(draft)


# --- The office's side ---------------------------------------------------------------------------------------------
@transaction.atomic
def mark_accepted(submission: Submission) -> None:
    """A case was opened from the submission: it now lives as long as the case. Doing it again changes nothing."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state != SubmissionState.ACCEPTED:
        row.state = SubmissionState.ACCEPTED
        row.delete_after_on = None
        bump_version(row)
        row.save(update_fields=["state", "delete_after_on", "version"])
    submission.state, submission.version = row.state, row.version


@transaction.atomic
def close(submission: Submission, reason: ClosingReason, version: int) -> None:
    """Close a waiting submission without a case. Raises StaleVersion if it is not as the advisor saw it."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state == SubmissionState.CLOSED and row.closing_reason == reason:
        return
    bump_version(row, seen=version)
    row.state = SubmissionState.CLOSED
    row.closing_reason = reason
    row.closed_at = clock.now()
    row.save(update_fields=["state", "closing_reason", "closed_at", "version"])
