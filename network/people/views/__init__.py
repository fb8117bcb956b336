"""Pages of accounts and memberships, one file per family."""
