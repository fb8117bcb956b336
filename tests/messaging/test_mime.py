"""Mails are written quickly, and as Django would have written them."""

import email
from email import policy
from uuid import uuid4

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.messaging.channels.mime import LINE, Mail, PlainHeaders

words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=300)


def both(**content: object) -> tuple[bytes, bytes, str]:
    """The mail as we and as Django write it, and the line between its parts."""
    uuid = uuid4()
    written = []
    for mail in (Mail(uuid, **content), EmailMultiAlternatives(**content)):
        mail.attach_alternative("<p>Uhrzeit: 9.30 Uhr</p>", "text/html")
        message = mail.message()
        written.append((message.as_bytes(linesep="\r\n"), message.get_boundary()))
    (ours, boundary), (theirs, other) = written
    return ours, theirs.replace(other.encode(), boundary.encode()), boundary


def parsed(mail: bytes) -> list[tuple[list[tuple[str, str]], object]]:
    read = email.message_from_bytes(mail, policy=policy.default)
    return [(part.items(), None if part.is_multipart() else part.get_content()) for part in read.walk()]


@given(subject=words, body=words)
def test_a_mail_reads_as_if_django_had_written_it(subject, body):
    ours, theirs, boundary = both(
        subject=subject,
        body=body,
        from_email="Erinnerung <nachricht@example.org>",
        to=["شيرين <sherin@example.org>"],
        headers={"Message-ID": "<1@example.org>", "Date": "Sat, 28 Nov 2026 12:00:00 +0100"},
    )
    assert parsed(ours) == parsed(theirs)
    assert ours.count(f"--{boundary}".encode()) == 3
    assert max(map(len, ours.split(b"\r\n")[:8])) <= 998  # RFC 5322, 2.1.1


@given(name=st.sampled_from(["Subject", "To", "X-" + "a" * 90]), value=words | st.sampled_from(["a\r\nb", "\n c"]))
def test_a_header_is_written_as_python_would(name, value):
    policies = (PlainHeaders(linesep="\r\n"), policy.compat32.clone(linesep="\r\n"))
    ours, theirs = (one.fold_binary(name, value) for one in policies)
    assert ours == theirs


@pytest.mark.parametrize("length", [LINE - 10, LINE - 9, LINE, 998])
def test_the_length_of_a_line_is_looked_at(length):
    test_a_header_is_written_as_python_would.hypothesis.inner_test("Subject", "a b " * (length // 4))
