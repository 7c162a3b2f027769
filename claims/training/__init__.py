"""What people judged, as material from which a next pipeline learns."""
