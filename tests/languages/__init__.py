"""Reads pages for words of a wrong language: `reading` finds them, `crawling` walks the portal."""
