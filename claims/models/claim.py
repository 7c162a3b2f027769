"""Claims: what is said to be so, to be done or to be wanted."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from claims.models import limits
from claims.models.constraints import filled, lengths, not_itself
from claims.models.curated import Curated
from claims.models.topic import Topic

if TYPE_CHECKING:
    from claims.models.claim_topic import ClaimTopic


class Claim(Curated):
    """One claim, gathering its wordings across articles."""

    text = models.CharField(max_length=limits.CLAIM_TEXT, help_text="The claim in its normal wording.")
    wording_key = models.CharField(
        max_length=limits.SHA256,
        unique=True,
        editable=False,
        help_text="A fingerprint of the claim's first wording, which stays when people reword it.",
    )
    topics: models.ManyToManyField[Topic, ClaimTopic] = models.ManyToManyField(
        Topic,
        through="ClaimTopic",
        related_name="claims",
        blank=True,
        help_text="The issues to which the claim belongs.",
    )
    first_seen = models.DateField(
        null=True, blank=True, help_text="The day of the earliest article that has the claim."
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        help_text="The claim that this row turned out to repeat; readers follow it.",
    )

    class Meta:
        constraints = [
            *lengths("claim", text=limits.CLAIM_TEXT),
            *filled("claim", "text"),
            models.CheckConstraint(
                condition=Q(wording_key__length=limits.SHA256),
                name="claim_wording_key_length",
                violation_error_message="The fingerprint of a wording has 64 hexadecimal digits.",
            ),
            not_itself("claim", "merged_into"),
        ]
        indexes = [models.Index(fields=["-first_seen"], name="claim_newest_first")]
        permissions = [
            ("import_claim", "Can import claims from a file"),
            ("export_claim", "Can export claims to a file"),
            ("merge_claim", "Can merge and split claims"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 120 else f"{self.text[:117]}..."

    @staticmethod
    def key_for(wording: str) -> str:
        """The ``wording_key`` of ``wording``: case, runs of white space and a final full stop make no difference."""
        folded = " ".join(unicodedata.normalize("NFKC", wording).casefold().split()).rstrip(".")
        return hashlib.sha256(folded.encode()).hexdigest()
