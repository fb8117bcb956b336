"""What every room may use: time, text, codes, paging, forms. No models, and nothing of the portal's subject."""
