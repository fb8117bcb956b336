"""Plausible bulk for measuring and for trying out lists: many cases, quickly, written past the services with COPY.

What a service would have written is written here too (name keys, timeline, suggested steps), so lists, searches, case
pages and the sending of reminders work on it. Nobody in it exists; codes are random and open nothing.
"""
