"""Reads a page's markup well enough to ask it questions."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass
class Element:
    """One element: its attributes, its text with that of its descendants, its ancestors."""

    tag: str
    attrs: dict[str, str | None]
    parents: tuple["Element", ...]
    text: str = ""

    def has_class(self, name: str) -> bool:
        return name in (self.attrs.get("class") or "").split()


@dataclass
class Markup(HTMLParser):
    """All elements of a page in order."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), tuple(self._open))
        assert len(attrs) == len(element.attrs), f"an attribute twice: {self.get_starttag_text()}"
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), tuple(self._open)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        last = self._open.pop()
        assert last.tag == tag, f"</{tag}> closes <{last.tag} {last.attrs}>"

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def all(self, tag: str | None = None, **attrs: str) -> list[Element]:
        """Elements with this tag and these attributes ("_" for "-", a trailing "_" for Python's own words)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            e
            for e in self.elements
            if (tag is None or e.tag == tag) and all(e.attrs.get(name) == value for name, value in wanted.items())
        ]

    def by_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if e.has_class(name)]

    def by_id(self, id_: str) -> Element:
        """The one element with this id."""
        found = self.all(id=id_)
        assert len(found) == 1, f"{len(found)} elements have the id {id_!r}"
        return found[0]


def read(html: str) -> Markup:
    """`html` parsed; fails on elements that are not closed properly and on attributes that come twice."""
    return Markup(html)
