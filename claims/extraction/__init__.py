"""Text in, stances out: a library that knows neither Django nor a database.

Stages, each in a module of its own: ``repair`` mends scraped text, ``pipeline`` reads it with spaCy,
``attribution`` finds who / cue / what, ``acts`` says how it was meant, ``actors`` says who that is,
``extract`` is the one door to all of them. ``types`` holds what goes in and comes out.
"""
