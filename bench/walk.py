"""A founder's walk through the intake, as the personas fill it in: every page asked for, answered, sent."""

from gruendungswerkstatt.demo.personas import PERSONAS, Persona
from intake.conditions import Answers
from intake.steps import GROUPS, Group

from .client import Client


def walk(port: int, persona: Persona) -> int:
    """Let `persona` fill in every page that applies; returns how many requests that took."""
    client = Client(port, persona.language)
    base = f"/{persona.language}/intake/"
    client.ask(base)
    client.ask(base, {"has_read": "on"})
    requests = 2
    for group in GROUPS.values():
        if client.ask(f"{base}{group.code}/").status != 200:
            requests += 1  # a page that does not apply leads on
            continue
        answer = client.ask(f"{base}{group.code}/", posted(group, persona.answers))
        if answer.status != 302:
            raise SystemExit(f"{persona.key} cannot get past {group.code}: {answer.status}.")
        requests += 2
    return requests


def walks(port: int) -> int:
    """Every persona's walk, one after the other; returns how many requests."""
    return sum(walk(port, persona) for persona in PERSONAS if persona.answers.get("municipality"))


def posted(group: Group, answers: Answers) -> dict:
    """What a browser would send for one page."""
    data = {}
    for key in group.keys:
        value = answers.get(key)
        if not value:
            continue
        if key == "planned_start":
            data |= {"planned_start_year": value[:4], "planned_start_month": str(int(value[5:]))}
        else:
            data[key] = value
    return data
