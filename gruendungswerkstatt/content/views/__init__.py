"""Pages for everybody, pages for those who write them, feedback for the team lead."""
