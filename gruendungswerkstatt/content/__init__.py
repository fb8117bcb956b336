"""The pages that an office writes itself: what we offer, how it goes, notices and statements, in every language."""
