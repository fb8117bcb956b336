"""What the intake tells the rooms above it."""

from django.dispatch import Signal

# Sent by services.send and services.request_callback inside their transaction, once per submission, with
# `submission`. A receiver writes rows that then stand or fall with the sending, and enqueues tasks after commit.
submission_received = Signal()
