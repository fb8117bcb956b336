"""What a founder reads on the status page and on the own page."""

from .data import DataSection, data_sections
from .export import export
from .own import ConsentRow, MessageRow, consent_row, consent_rows, message_rows
from .paper import data_paper
from .standing import standing

__all__ = [
    "ConsentRow",
    "DataSection",
    "MessageRow",
    "consent_row",
    "consent_rows",
    "data_paper",
    "data_sections",
    "export",
    "message_rows",
    "standing",
]
