"""From wordings to claims: which wordings say the same, decided from their words, names, numbers, actors and dates.

Pure functions and an index; nothing here knows of a database.
"""
