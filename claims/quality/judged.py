"""Counts of judged stances, grouped in the database."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Avg, CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, Floor, Least, Lower, Round

from claims.evaluation.reliability import BANDS, Band, calibration_error
from claims.models import Stance
from claims.quality.precision import Tally

#: Rows of a table, those with the most judged stances first: cues and outlets are many.
MOST = 1_000


class By(StrEnum):
    """What precision is told apart by."""

    ACT = "act"
    CUE = "cue"
    OUTLET = "outlet"
    PIPELINE = "pipeline"


class Row(NamedTuple):
    """A group's name, "" where it is not known, and what people made of its stances."""

    name: str
    tally: Tally


class Reliability(NamedTuple):
    """The bands of confidence that hold any judged stance, each with its tally, and how far they are off.

    ``right`` of a band is its share of accepted stances; ``error`` is the expected calibration error.
    """

    bands: list[tuple[Band, Tally]]
    error: float


_TALLY = {state: Count("pk", filter=Q(state=state)) for state in ("accepted", "corrected", "rejected")}


def judged_by_people() -> QuerySet[Stance]:
    """What the machine found and people judged; what people added themselves is none of the machine's doing."""
    return Stance.objects.filter(state__in=tuple(_TALLY), run__isnull=False).order_by()


def overall() -> Tally:
    """All of them."""
    return Tally(**judged_by_people().aggregate(**_TALLY))


def precision_by(by: By, *, most: int = MOST) -> list[Row]:
    """Tallies by act, cue, outlet or pipeline, as the machine had them, the ``most`` with most judged stances first.

    Act and cue are those that the machine gave, whatever people made of them since; cues are lower-cased.
    """
    rows = (
        judged_by_people()
        .annotate(group=_group(by))
        .values("group")
        .annotate(judged=Count("pk"), **_TALLY)
        .order_by("-judged", "group")[:most]
    )
    found: dict[str, Tally] = {}
    for row in rows:
        # SQLite calls the null of JSON "null".
        name = "" if row["group"] in (None, "null") else row["group"].strip()
        found[name] = found.get(name, Tally()).plus(Tally(row["accepted"], row["corrected"], row["rejected"]))
    return [Row(name, tally) for name, tally in found.items()]


def reliability_of_confidence() -> Reliability:
    """Whether confidence means what it says, from the judgements."""
    # The bands of claims.evaluation.reliability, which rounds for the same reason.
    band: Any = Cast(Floor(Round(F("confidence") * BANDS, 6)), IntegerField())
    rows = (
        judged_by_people()
        .annotate(band=Least(band, Value(BANDS - 1)))
        .values("band")
        .annotate(mean=Avg("confidence"), **_TALLY)
        .order_by("band")
    )
    bands = []
    for row in rows:
        tally = Tally(row["accepted"], row["corrected"], row["rejected"])
        index = row["band"]
        right = tally.accepted / tally.judged
        bands.append((Band(index / BANDS, (index + 1) / BANDS, tally.judged, row["mean"], right), tally))
    return Reliability(bands, calibration_error([band for band, _ in bands]))


def _group(by: By) -> Any:
    if by is By.ACT:
        return KeyTextTransform("act", "extracted")
    if by is By.CUE:
        return Lower(Coalesce(KeyTextTransform("cue", "extracted"), F("cue_text"), output_field=CharField()))
    if by is By.OUTLET:
        return F("article__outlet__name")
    return Concat("run__pipeline_name", Value(" "), "run__pipeline_version", output_field=CharField())
