"""PDFs in every language of the portal, by typst: tagged (PDF/UA-1), with fonts of our own, data never as markup.

A room writes a template beside its code (`receipt.typ`, which imports `base.typ` of this package) and gives the texts:

    paper = Paper(template="/intake/papers/card.typ", title=_("Card"), languages=("ar", "de"), body={...})
    content = print_pdf(paper)

Every text of `body` in several languages is a list, one entry for each of `languages` (`in_each`); people's own words
come from `own_words`. What no font can draw becomes �, and a note at the end of the paper says so: whatever somebody
typed, a paper is made.
"""

from .engine import Unprintable, print_pdf
from .paper import Paper
from .responses import pdf_response
from .words import GAP, each, from_html, in_each, isolated, ltr, own_words, printable

__all__ = [
    "GAP",
    "Paper",
    "Unprintable",
    "each",
    "from_html",
    "in_each",
    "isolated",
    "ltr",
    "own_words",
    "pdf_response",
    "print_pdf",
    "printable",
]
