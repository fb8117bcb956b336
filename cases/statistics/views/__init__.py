"""The figures as pages and as a file for the funder."""
