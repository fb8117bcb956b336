"""Who may open what: every address × every role. `doors` says who gets in, `rows` which door an address has."""
