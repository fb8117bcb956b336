"""Conditions over answers, as data: when a question is asked, when it must be answered, when a hint is shown."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]


def codes_of(answers: Answers, key: str) -> frozenset[str]:
    """The codes given as the answer to `key`: none, one, or several."""
    value = answers.get(key)
    if value is None or value == "":
        return frozenset()
    return frozenset([value] if isinstance(value, str) else value)


class Condition(ABC):
    """Something that answers fulfil or not. `a & b` and `a | b` combine, `~a` turns round."""

    @abstractmethod
    def holds(self, answers: Answers) -> bool:
        """Whether `answers` fulfil it."""

    @abstractmethod
    def keys(self) -> frozenset[str]:
        """The questions the condition looks at."""

    def __and__(self, other: "Condition") -> "Condition":
        return AllOf((self, other))

    def __or__(self, other: "Condition") -> "Condition":
        return AnyOf((self, other))

    def __invert__(self) -> "Condition":
        return Not(self)


@dataclass(frozen=True)
class Always(Condition):
    def holds(self, answers: Answers) -> bool:
        return True

    def keys(self) -> frozenset[str]:
        return frozenset()


ALWAYS = Always()


@dataclass(frozen=True)
class Answered(Condition):
    """`key` was answered, whatever the answer."""

    key: str

    def holds(self, answers: Answers) -> bool:
        return bool(codes_of(answers, self.key))

    def keys(self) -> frozenset[str]:
        return frozenset([self.key])


@dataclass(frozen=True)
class When(Condition):
    """`key` was answered with one of `codes`."""

    key: str
    codes: frozenset[str]

    def holds(self, answers: Answers) -> bool:
        return not self.codes.isdisjoint(codes_of(answers, self.key))

    def keys(self) -> frozenset[str]:
        return frozenset([self.key])


@dataclass(frozen=True)
class AllOf(Condition):
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        return all(part.holds(answers) for part in self.parts)

    def keys(self) -> frozenset[str]:
        return frozenset().union(*(part.keys() for part in self.parts))


@dataclass(frozen=True)
class AnyOf(Condition):
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        return any(part.holds(answers) for part in self.parts)

    def keys(self) -> frozenset[str]:
        return frozenset().union(*(part.keys() for part in self.parts))


@dataclass(frozen=True)
class Not(Condition):
    part: Condition

    def holds(self, answers: Answers) -> bool:
        return not self.part.holds(answers)

    def keys(self) -> frozenset[str]:
        return self.part.keys()


def when(key: str, *codes: str) -> Condition:
    """`key` was answered with one of `codes`; with no codes: was answered at all."""
    return When(key, frozenset(codes)) if codes else Answered(key)
