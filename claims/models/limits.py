"""How long texts may be, in characters; the database holds each limit itself."""

from __future__ import annotations

from typing import Final

# A whole article with its header lines; longer files are failures of the import.
ARTICLE_TEXT: Final = 1_000_000
TITLE: Final = 1_000
URL: Final = 2_000
DOMAIN: Final = 253
NAME: Final = 200
# A name as an article prints it, descriptions included ("a senior official of the foreign ministry").
PRINTED: Final = 500
SLUG: Final = 100
DESCRIPTION: Final = 2_000
CLAIM_TEXT: Final = 2_000
REASON: Final = 300
DETAILS: Final = 20_000
NOTE: Final = 4_000
PLACE: Final = 1_000
VERSION: Final = 100
RULE: Final = 100
WIKIDATA_ID: Final = 20
SHA256: Final = 64
# Codes of fixed lists: acts, sides, kinds, states.
CODE: Final = 20
