"""How files come in: to disk, no more of them than is needed to say that they are too large or too many."""

import weakref
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from .rules import MOST_AT_ONCE, MOST_BYTES, MOST_BYTES_AT_ONCE, MOST_BYTES_ELSEWHERE


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes each file into a temporary one that is gone with the request.

    Of a file that is too large, and of files after the last that is taken, nothing more is written; their name and
    size are known all the same, so that the page can say it of each. A body that is too large altogether is refused
    before it is read (413), and much earlier at an address that takes no files.
    """

    def __init__(self, request: HttpRequest | None = None):
        super().__init__(request)
        self._files = 0
        self._kept = 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: bytes, encoding: str | None = None
    ) -> None:
        if content_length > _most_bytes(self.request):
            raise RequestDataTooBig("The body of this request is larger than what its address takes")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        # Where a body turns out to be none after some files, Django forgets those without closing them.
        weakref.finalize(self.request, self.file.close)
        self._files += 1
        self._kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._files <= MOST_AT_ONCE and self._kept <= MOST_BYTES:
            self.file.write(raw_data)
            self._kept += len(raw_data)


def _most_bytes(request: HttpRequest) -> int:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return MOST_BYTES_ELSEWHERE
    return MOST_BYTES_AT_ONCE if getattr(view, "takes_files", False) else MOST_BYTES_ELSEWHERE
