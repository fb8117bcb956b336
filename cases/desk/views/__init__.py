"""Screens of advisors: inbox, worklist, case; one file per family."""
