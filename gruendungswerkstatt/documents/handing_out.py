"""A file on its way to somebody who may have it: saved, never opened inside the portal's own site."""

import logging

from django.http import FileResponse

from . import files
from .inspection import file_name
from .models import Document

logger = logging.getLogger(__name__)


def answer(document: Document) -> FileResponse | None:
    """The content as a download; None if it is deleted, not scanned yet, or not there.

    Whoever calls has asked whether it may be seen (docs/adr/0023).
    """
    if not document.is_handed_out:
        return None
    try:
        content = files.storage().open(document.stored_as)
    except FileNotFoundError:
        logger.error("A document's file is not in the storage", extra={"count": 1})
        return None
    response = FileResponse(
        content,
        as_attachment=True,
        filename=file_name(document.original_name, document.content_type),
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
