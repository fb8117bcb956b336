"""Screens of the appointments room, one file per family."""

from .agenda import appointment_list
from .editing import appointment_cancel, appointment_move, appointment_new, appointment_outcome

__all__ = ["appointment_cancel", "appointment_list", "appointment_move", "appointment_new", "appointment_outcome"]
