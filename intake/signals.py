"""What the intake tells the rooms above it."""

from django.dispatch import Signal

# Sent by services.send, services.request_callback and entering.enter inside their transaction, once per submission,
# with `submission`. A receiver writes rows that then stand or fall with the sending, and enqueues tasks after commit.
submission_received = Signal()

# Sent by confirming.confirm and confirming.record_by_phone inside their transaction, once per submission, with
# `submission` and `by`: the membership that recorded it, None if the founder did it alone.
submission_confirmed = Signal()
