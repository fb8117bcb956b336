"""What documents tell the rooms above them."""

from django.dispatch import Signal

# Sent by scanning.scan inside its transaction when a virus was found, with `request` (DocumentRequest): its file is
# gone and it is sent back. A receiver writes rows that stand or fall with that.
document_infected = Signal()
