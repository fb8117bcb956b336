"""A PDF as the answer to a request."""

from django.http import HttpResponse


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A download called `<name>.pdf`. The name is a common word: lists of files are read by others too (rule 13)."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
