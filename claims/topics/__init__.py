"""Topics at work: which claims belong to them, by pattern and by hand, and the sides that actors take on them."""
