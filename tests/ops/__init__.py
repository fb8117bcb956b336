"""Running the portal for real: settings, container files, logs, metrics, backup."""
