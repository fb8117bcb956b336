"""Reading papers as a program for blind people would."""

import io

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """The text of all pages, without isolates and places where a word may be broken."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200b")))


def languages_of(content: bytes) -> set[str]:
    """The languages that the paper's tags name."""
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    return {str(root["/Lang"])} | _langs(root["/StructTreeRoot"], set())


def tags_of(content: bytes) -> set[str]:
    """Kinds of tags in the paper: H1, P, Figure, …"""
    found: set[str] = set()
    _walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"], lambda tag: found.add(tag.get("/S", "")))
    return {str(kind).lstrip("/") for kind in found}


def _langs(tree, found: set[str]) -> set[str]:
    _walk(tree, lambda tag: found.add(str(tag["/Lang"])) if "/Lang" in tag else None)
    return found


def _walk(tag, visit) -> None:
    tag = tag.get_object()
    visit(tag)
    children = tag.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if hasattr(child, "get"):
            _walk(child, visit)
