"""The pipe ``ner`` (``doc.ents``): spans from the probabilities of BIO tags."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.extraction.components.chains import Costs, bio_spans, plain_chain
from claims.extraction.components.component import Component
from claims.extraction.components.reading import reading_of

# A tagger that judges word by word breaks long spans up and begins too many. Set on the corpora's dev parts.
_COSTS = Costs(split=1.0, stay=0.4)


class EntityRecogniser(Component):
    """Sets ``doc.ents``; its labels are BIO tags, "O" first."""

    def annotate(self, doc: Doc) -> None:
        """Set the entities of ``doc``; none reaches over the end of a line."""
        reading = reading_of(doc)
        words = reading["words"].tolist()
        starts = reading["line_starts"].tolist()
        found = bio_spans(reading.pop("entities"), self._labels, starts, plain_chain(self._labels, _COSTS))
        doc.set_ents([Span(doc, words[start], words[end - 1] + 1, label=label) for start, end, label in found])

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of entities."""
        return tuple(sorted({tag[2:] for tag in self._labels if tag != "O"}))


@Language.factory("stance_ner", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def make_ner(nlp: Language, name: str) -> EntityRecogniser:
    """Make the pipe."""
    return EntityRecogniser(nlp.vocab, name)
