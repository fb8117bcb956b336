"""Writing to the directory: loading the network's reference data, keeping the words that search looks at."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from network.people.enums import OrganisationKind
from network.people.models import Municipality, Organisation

from .models import Offer, ServiceTopic, TopicGroup
from .rules import search_text

DATA = Path(__file__).parent / "data"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def index_offer(offer: Offer) -> None:
    """Store the words by which `offer` is found: its own, its organisation's and its topics', in every language.

    To be called whenever one of them changes. Not part of what people edit, so the version stays.
    """
    texts = [
        *_texts(offer, "title", "summary"),
        *_texts(offer.organisation, "name"),
        offer.organisation.place,
    ]
    for topic in offer.topics.all():
        texts += [*_texts(topic, "name"), topic.search_words]
    Offer.objects.filter(pk=offer.pk).update(search_text=search_text(texts))


@transaction.atomic
def load_network(folder: Path = DATA) -> list[Organisation]:
    """Bring the network's reference data from the JSON files in `folder` into the database; gives the organisations.

    Rows are found by their code and updated, so loading twice changes nothing. Rows that are no longer in the files
    stay: an organisation's term (`valid_to`) ends its offers. The first organisation of kind jobcenter becomes the
    office responsible for the municipalities, and the one that sees to the partners' members, where there is none yet.
    """
    _load_topics(_read(folder, "topics"))
    organisations = {row["code"]: _load_organisation(row) for row in _read(folder, "organisations")}
    office = next(o for o in organisations.values() if o.is_office)
    _load_municipalities(_read(folder, "municipalities"), office)
    partners = [o.pk for o in organisations.values() if not o.is_office]
    Organisation.objects.filter(pk__in=partners, looked_after_by=None).update(looked_after_by=office)
    for position, row in enumerate(_read(folder, "offers"), start=1):
        _load_offer(row, organisations[row["organisation"]], position)
    return list(organisations.values())


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _load_topics(data: dict[str, list[dict]]) -> None:
    groups = {}
    for position, row in enumerate(data["groups"], start=1):
        groups[row["code"]], _new = TopicGroup.objects.update_or_create(
            code=row["code"], defaults={"position": position, **_translated("name", row)}
        )
    for position, row in enumerate(data["topics"], start=1):
        ServiceTopic.objects.update_or_create(
            code=row["code"],
            defaults={
                "position": position,
                "group": groups[row["group"]],
                "search_words": row["search_words"],
                **_translated("name", row),
            },
        )


def _load_organisation(row: dict) -> Organisation:
    contact = {"place": row["place"], "phone": row.get("phone", "")}
    values = {
        "kind": row["kind"],
        "notice_version": row.get("notice_version", ""),
        **_translated("name", row["name"]),
        **_translated("description", row["description"]),
    }
    # An office says itself how to reach it: set once, never taken back by a reload.
    is_office = row["kind"] == OrganisationKind.JOBCENTER
    organisation, _new = Organisation.objects.update_or_create(
        code=row["code"],
        defaults=values if is_office else {**values, **contact},
        create_defaults={**values, **contact},
    )
    return organisation


def _load_municipalities(rows: list[dict], office: Organisation) -> None:
    for row in rows:
        values = {"postal_codes": row["postal_codes"], **_translated("name", row)}
        # Which office is responsible is the offices' own decision: set once, never taken back by a reload.
        Municipality.objects.update_or_create(
            code=row["code"], defaults=values, create_defaults={**values, "office": office}
        )


def _load_offer(row: dict, organisation: Organisation, position: int) -> None:
    offer, _new = Offer.objects.update_or_create(
        code=row["code"],
        defaults={
            "organisation": organisation,
            "position": position,
            "languages": row["languages"],
            "has_interpreting": row.get("has_interpreting", False),
            "has_childcare": row.get("has_childcare", False),
            "settings": row["settings"],
            "cost": row["cost"],
            **_translated("title", row["title"]),
            **_translated("summary", row["summary"]),
            **_translated("what_to_bring", row["what_to_bring"]),
        },
    )
    offer.topics.set(ServiceTopic.objects.filter(code__in=row["topics"]))
    offer.municipalities.set(Municipality.objects.filter(code__in=row.get("municipalities", [])))
    index_offer(offer)


def _translated(field: str, texts: dict[str, str]) -> dict[str, str]:
    """Columns of a translated field: {"title_de": …, "title_ar": …}; a language without text is left empty."""
    return {f"{field}_{code}": texts.get(code) or None for code in LANGUAGES}


def _texts(row: Any, *fields: str) -> list[str]:
    return [getattr(row, f"{field}_{code}") or "" for field in fields for code in LANGUAGES]
