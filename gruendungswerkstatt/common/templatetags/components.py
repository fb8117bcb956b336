"""Pieces of pages. Each tag draws one template in templates/components/, where its parameters are explained.

Tags instead of includes: a forgotten parameter is an error here, in an include it is an empty place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gruendungswerkstatt.common.spelling import spelled

register = template.Library()

KINDS = ("info", "success", "warning", "danger")


@dataclass(frozen=True)
class Row:
    """A name and its values; `own_words`: a person's text, in `lang` if that is known; `beside`: what stands below."""

    key: Any
    values: tuple[Any, ...]
    own_words: bool
    lang: str
    beside: Any


def _rows(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    return [
        Row(
            key=row["key"],
            values=tuple(v for v in _as_list(row["value"]) if v not in (None, "")),
            own_words=row.get("own_words", False),
            lang=row.get("lang", ""),
            beside=row.get("beside", ""),
        )
        for row in rows
    ]


def _as_list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"{kind!r} is none of {', '.join(KINDS)}")
    return kind


@register.simple_block_tag
def alert(content: str, kind: str, title: Any, role: str = "", level: int = 2) -> SafeString:
    """{% alert "warning" _("Please note") %}…{% endalert %}; `role` "status" or "alert" only for what just happened."""
    context = {"kind": _kind(kind), "title": title, "role": role, "level": level, "content": content}
    return render_to_string("components/alert.html", context)


@register.simple_tag
def badge(kind: str, text: Any, icon: bool = True) -> SafeString:
    """{% badge "success" _("Accepted") %}"""
    return _badge(_kind(kind), str(text), icon)


@lru_cache(maxsize=1024, typed=True)  # a list shows the same few states again and again; `typed` keeps safe text apart
def _badge(kind: str, text: str, icon: bool) -> SafeString:
    return render_to_string("components/badge.html", {"kind": kind, "text": text, "icon": icon})


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, text: Any = "") -> dict[str, Any]:
    """{% back_link url %} or {% back_link url _("Back to the list") %}"""
    return {"url": url, "text": text}


@register.inclusion_tag("components/description_list.html")
def description_list(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """{% description_list rows %}; each row has `key`, `value` (or a list of them), optionally `own_words`, `lang`.

    `beside` is a piece of a page that stands below the values.
    """
    return {"rows": _rows(rows)}


@register.inclusion_tag("components/summary_list.html")
def summary_list(
    title: Any, rows: Iterable[Mapping[str, Any]], change_url: str = "", number: int | None = None, level: int = 2
) -> dict[str, Any]:
    """{% summary_list _("You") rows change_url=url %}: answers to check, one link to change them."""
    return {"title": title, "rows": _rows(rows), "change_url": change_url, "number": number, "level": level}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Mapping[str, Any]], label: Any = "") -> dict[str, Any]:
    """{% task_list tasks %}; each task has `title`, `url` ("" if not yet possible), `status`, `kind`, `hint`."""
    return {"tasks": tasks, "label": label}


@register.inclusion_tag("components/progress.html")
def progress(value: int, total: int, label: Any = "") -> dict[str, Any]:
    """{% progress 2 6 %}: "Step 2 of 6" and a bar."""
    return {"value": value, "total": total, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, parameter: str = "cursor") -> dict[str, Any]:
    """{% pagination page %}; `page` has the cursors `newer` and `older` ("" where there is none)."""
    query = context["request"].GET
    return {name: _with(query, parameter, getattr(page, name)) for name in ("newer", "older")}


def _with(query: Any, parameter: str, cursor: str) -> str:
    if not cursor:
        return ""
    changed = query.copy()
    changed[parameter] = cursor
    return f"?{changed.urlencode()}"


@register.simple_block_tag
def empty_state(content: str, title: Any, level: int = 2) -> SafeString:
    """{% empty_state _("No cases yet") %}What to do next{% endempty_state %}"""
    return render_to_string("components/empty_state.html", {"title": title, "level": level, "content": content})


@register.simple_block_tag
def table(content: str, caption: Any, show_caption: bool = False) -> SafeString:
    """{% table _("Cases") %}<thead>…</thead><tbody>…</tbody>{% endtable %}: scrolls sideways on small screens."""
    context = {"caption": caption, "show_caption": show_caption, "content": content}
    return render_to_string("components/table.html", context)


@register.inclusion_tag("components/chart.html")
def chart(code: str, title: Any, description: Any, chart: Any) -> dict[str, Any]:
    """{% chart "towns" _("Cases by town") _("As in the table beside it") chart %}; `code` is unique on the page.

    `chart` has `bars` (label, value, text_y, x, y, width), `height` and `start`, all lengths as SVG writes them.
    """
    return {"id": f"chart-{code}", "title": title, "description": description, "chart": chart}


@register.inclusion_tag("components/code.html")
def code_display(label: Any, code: str, hint: Any = "", spell: bool = False) -> dict[str, Any]:
    """{% code_display _("Code") "A7C-9KM-34T" %}: large, in groups, read out sign by sign.

    `spell` adds what to say for every sign to somebody on the telephone.
    """
    groups = [(group, " ".join(group)) for group in code.split("-")]
    return {"label": label, "groups": groups, "hint": hint, "spelled": spelled(code) if spell else []}
