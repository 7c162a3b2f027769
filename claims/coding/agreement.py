"""How far the coders of a round agree, with each other and with the machine, field by field."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.agreement import Nominal, Spans, nominal, spans
from claims.coding.compare import COMPARED, coded, comparable, ends_of_merges
from claims.models import Coding, CodingRound
from claims.review.correct import SPANS

#: What one says of a unit, by field.
Said = Mapping[str, Hashable]
#: Who codes: the key of a person, None for the machine.
Coder = int | None


class FieldAgreement(NamedTuple):
    """The agreement on one field, by the measures for its kind."""

    field: str
    found: Nominal | Spans

    @property
    def is_span(self) -> bool:
        """Whether the field is words marked in the text."""
        return isinstance(self.found, Spans)


class Table(NamedTuple):
    """The agreement of two, or of all people; ``with_machine`` where the second is the machine."""

    names: tuple[str, ...]
    with_machine: bool
    rows: tuple[FieldAgreement, ...]


def agreement_of(coding_round: CodingRound) -> list[Table]:
    """The agreement of all people, of each two of more than two, and of each with the machine.

    Whether there is a stance is compared wherever two said something, the other fields where both say that there is
    one. Two queries and one for the names, however large the round.
    """
    people = {coder.pk: str(coder) for coder in coding_round.coders.order_by("username")}
    said = _said(coding_round)
    seed = coding_round.seed
    tables = [Table(tuple(people.values()), False, _rows(said.values(), list(people), seed))]
    if len(people) > 2:
        tables += [
            Table((people[one], people[other]), False, _rows(said.values(), [one, other], seed))
            for one, other in itertools.combinations(people, 2)
        ]
    if any(None in unit for unit in said.values()):
        tables += [
            Table((name, "the machine"), True, _rows(said.values(), [coder, None], seed))
            for coder, name in people.items()
        ]
    return tables


def _said(coding_round: CodingRound) -> dict[int, dict[Coder, Said]]:
    """What each said of each unit that anybody has coded."""
    ends = ends_of_merges()
    codings = coded(Coding.objects.filter(unit__round=coding_round)).defer("note").order_by("unit__order", "pk")
    said: dict[int, dict[Coder, Said]] = {}
    for coding in codings.iterator(chunk_size=2_000):
        values = {field: comparable(coding, field, ends) for field in COMPARED}
        said.setdefault(coding.unit_id, {})[coding.coder_id] = values
    return said


def _rows(units: Iterable[Mapping[Coder, Said]], coders: Sequence[Coder], seed: int) -> tuple[FieldAgreement, ...]:
    found = list(units)

    def agreement(field: str) -> Nominal | Spans:
        rows = [[unit[coder][field] if coder in unit else None for coder in coders] for unit in found]
        return spans(rows, seed=seed) if field in SPANS else nominal(rows, seed=seed)  # type: ignore[arg-type]

    return tuple(FieldAgreement(field, agreement(field)) for field in COMPARED)
