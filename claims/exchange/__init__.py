"""Out of the store and into it: files of stances, and the tables that people import and export in the admin."""
