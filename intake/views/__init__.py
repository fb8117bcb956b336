"""Pages of the intake, one module per family of screens."""
