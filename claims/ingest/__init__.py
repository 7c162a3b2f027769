"""Files into articles, and extraction results into rows."""
