"""A founder's own words in another language: beside the original, with who wrote it and when (rule 6).

The enquiry knows nothing of it. A translation remembers the digest of the words it was made from, so it needs nobody
to tell it that they changed: it is stale as soon as the answer has another digest, and fresh again if it is taken back.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from intake.models import Submission
from intake.questions import QUESTIONS
from network.people.models import Membership

from .enums import TimelineKind
from .models import Translation
from .refusals import TranslationRefusal
from .selectors import case_of_submission
from .telling import record

# Own words, but for the one word that stands in messages: nobody would know it again in another language.
TRANSLATABLE = tuple(
    key for key, question in QUESTIONS.items() if question.is_own_words and not question.is_in_messages
)
UNKNOWN_LANGUAGE = "und"


class TranslationRefused(Exception):
    """Nothing is stored like this; `reason` says why."""

    def __init__(self, reason: TranslationRefusal):
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Words:
    """A founder's own words as they stand now; `language` is "" where nobody knows it."""

    question: str
    text: str
    language: str

    @property
    def digest(self) -> str:
        """By which a translation knows the words it was made from."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """SHA-256 of a text, in 64 signs."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(submission: Submission, question: str) -> Words | None:
    """The own words that answer `question`; None where there are none that apply, or none to translate."""
    text = submission.answers.get(question)
    if question not in TRANSLATABLE or not text or not QUESTIONS[question].is_asked(submission.answers):
        return None
    language = submission.text_languages.get(question, "")
    return Words(question, text, "" if language == UNKNOWN_LANGUAGE else language)


def translations_of(submissions: Collection[Submission]) -> dict[int, list[Translation]]:
    """{key of a submission: its translations with their authors}, with one query for all of them."""
    found: dict[int, list[Translation]] = {}
    keys = [submission.pk for submission in submissions]
    for row in Translation.objects.filter(submission__in=keys).select_related("author__user"):
        found.setdefault(row.submission_id, []).append(row)
    return found


def by_language(submission: Submission, question: str) -> Mapping[str, Translation]:
    """{language: translation} of one answer."""
    rows = Translation.objects.for_office(submission.office_id).filter(submission=submission, question=question)
    return {row.language: row for row in rows.select_related("author__user")}


@transaction.atomic
def translate(
    submission: Submission,
    question: str,
    language: str,
    by: Membership,
    *,
    text: str,
    source: str,
    version: int,
    is_from_machine: bool = False,
) -> Translation:
    """Store `text` as the translation into `language` of the words with the digest `source`.

    `version` is that of the translation it replaces, 0 for the first one; `is_from_machine`, if `by` has read and saved
    what a machine suggested. A case learns of it by a line. Raises
    TranslationRefused if the words are gone or others by now, StaleVersion if somebody else translated them meanwhile.
    """
    # Locked, so that nobody changes or erases the words between the check and the row.
    row = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk).first()
    words = words_of(row, question) if row else None
    if words is None:
        raise TranslationRefused(TranslationRefusal.GONE)
    if words.digest != source:
        raise TranslationRefused(TranslationRefusal.CHANGED)
    kept = Translation.objects.filter(submission=row, question=question, language=language).first()
    current = kept or Translation(
        office_id=row.office_id, submission=row, question=question, language=language, version=0
    )
    bump_version(current, seen=version)
    current.text, current.source_digest, current.is_from_machine = text, source, is_from_machine
    current.author, current.written_at = by, clock.now()
    current.save()
    case = case_of_submission(row)
    if case is not None:
        record(case, TimelineKind.WORDS_TRANSLATED, by, params={"question": question, "language": language})
    return current
