"""Screens of those who run an office: what was sent, and what messages say."""
