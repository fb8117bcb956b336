"""What the case file tells the rooms above it."""

from django.dispatch import Signal

# Sent by merging.merge inside its transaction, and by merging.preview outside of one, with `merging`: a
# cases.files.moving.Merging. Every room moves its own rows from `merging.source` to `merging.target` through it, so
# that the preview only counts them and undoing finds what was moved.
case_merging = Signal()

# Sent by merging.undo inside its transaction, with `merge`, after everything that was moved is back: a room puts right
# what it had not moved because the same was there already.
case_separated = Signal()
