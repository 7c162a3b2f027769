"""What people decide about actors, and what follows from their offices: merging, telling apart, names, offices."""
