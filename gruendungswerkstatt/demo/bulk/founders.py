"""An invented founder: what they sent, and who they are to the office."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb

from cases.files import blocking
from cases.files.models import Founder, MatchKey, NameKey
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.content.shipped import NOTICE_VERSION
from intake.enums import SubmissionState
from intake.models import Submission
from intake.questions import QUESTIONNAIRE_VERSION, planned_start
from network.people.models import Municipality

from .names import PEOPLES, People, name, people
from .profiles import Profile, month, profiles
from .sheets import Sheet

PROFILES_EACH = 60


@dataclass(frozen=True)
class Person:
    """What the case needs to know of its founder. Keys are primary keys."""

    founder_id: int
    founder_uuid: str
    submission_id: int
    reference: str
    sort_name: str
    profile: Profile
    planned_start: object
    sent_at: datetime


def invent_profiles(chance: random.Random) -> dict[People, list[Profile]]:
    """Some sets of answers for every people, from which founders draw."""
    return {of: profiles(chance, of.page, of.languages, PROFILES_EACH) for of in PEOPLES}


class Founders:
    """Fills the sheets of submissions, founders and their keys for search and matching."""

    def __init__(
        self, chance: random.Random, office_id: int, towns: list[Municipality], profiles_of: dict[People, list[Profile]]
    ):
        self.chance = chance
        self.office_id = office_id
        self.towns = towns
        self.profiles_of = profiles_of
        self.submissions = Sheet(
            Submission,
            *("id", "uuid", "office_id", "reference", "code_digest", "state", "language", "answers", "text_languages"),
            *("questionnaire_version", "notice_version", "notice_language", "visited_steps", "municipality_id"),
            *("name", "sector", "is_adult", "created_at", "last_used_at", "sent_at"),
        )
        self.founders = Sheet(
            Founder,
            *("id", "uuid", "office_id", "name", "name_latin", "name_original", "sort_name", "is_adult"),
            "municipality_id",
            *("language", "languages", "contact_way", "phone", "email", "is_phone_shared", "safe_times"),
            *("wants_sms", "wants_email", "reminder_style", "needs_interpreter", "created_at"),
        )
        self.name_keys = Sheet(NameKey, "office_id", "founder_id", "key")
        self.match_keys = Sheet(MatchKey, "office_id", "founder_id", "key")
        self.sheets = (self.submissions, self.founders, self.name_keys, self.match_keys)

    def add(
        self, founder_id: int, submission_id: int, reference: str, sent_at: datetime, *, is_reminded: bool
    ) -> Person:
        """One more founder with what they sent at `sent_at`; who `is_reminded` has an e-mail address and wants it."""
        chance = self.chance
        of = people(chance)
        called = name(chance, of)
        profile = chance.choice(self.profiles_of[of])
        town = chance.choice(self.towns)
        answers = profile.answers | {"municipality": town.code, "name": called.called, "languages": [*of.languages]}
        if called.latin:
            answers |= {"name_latin": called.latin, "name_original": called.original}
        if profile.months_to_start is not None:
            answers["planned_start"] = month(local(sent_at).date(), profile.months_to_start)
        if "phone" in answers:
            answers["phone"] = f"+4917139200{chance.randrange(100):02}"
        if is_reminded or "email" in answers:
            answers["email"] = f"founder-{reference}@example.org"
        if is_reminded:
            answers["wants_email"] = "yes"
        founder_uuid = new_uuid()
        self.submissions.add(
            *(submission_id, new_uuid(), self.office_id, reference, secrets.token_hex(32), SubmissionState.ACCEPTED),
            *(of.page, Jsonb(answers), Jsonb({"idea": profile.idea_language}), QUESTIONNAIRE_VERSION, NOTICE_VERSION),
            *(of.page, profile.visited_steps, town.pk, called.called, profile.sector, _yes_no(answers.get("is_adult"))),
            *(sent_at, sent_at, sent_at),
        )
        self.founders.add(
            *(founder_id, founder_uuid, self.office_id, called.called, called.latin, called.original),
            *(called.sort_name, _yes_no(answers.get("is_adult")), town.pk),
            *(of.page, [*of.languages], answers["contact_way"], answers.get("phone", "")),
            *(answers.get("email", ""), _yes_no(answers.get("phone_shared")), answers.get("safe_times", [])),
            *(answers.get("wants_sms") == "yes", answers.get("wants_email") == "yes"),
            *(answers.get("reminder_style", "neutral"), _yes_no(answers.get("interpreter")), sent_at),
        )
        for key in called.keys:
            self.name_keys.add(self.office_id, founder_id, key)
        names = filter(None, (called.called, called.latin, called.original))
        for key in blocking.keys_of(names, answers.get("phone", ""), answers.get("email", ""), town.code):
            self.match_keys.add(self.office_id, founder_id, key)
        return Person(
            founder_id,
            str(founder_uuid),
            submission_id,
            reference,
            called.sort_name,
            profile,
            planned_start(answers),
            sent_at,
        )


def _yes_no(answer: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(answer or "")
