"""What every room may use: time, text, codes, paging, forms. Knows nothing of the portal's subject and has no models."""
