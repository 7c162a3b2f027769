"""The one door: an article goes in, its stances come out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from claims.extraction.actors import Registry
from claims.extraction.attribution import find_attributions
from claims.extraction.attributions import Attribution
from claims.extraction.cast import Cast
from claims.extraction.confidence import Traits, confidence_of, traits_of
from claims.extraction.dates import said_on
from claims.extraction.language import english_lines
from claims.extraction.lexicon import words
from claims.extraction.positions import Position, position_of
from claims.extraction.repair import Repaired, repair
from claims.extraction.roster import Figure
from claims.extraction.sources import can_hold
from claims.extraction.syntax import case_of, children, is_first_person, quoted_regions
from claims.extraction.types import (
    ActorRef,
    ArticleText,
    ExtractedLink,
    ExtractedStance,
    Span,
)
from claims.extraction.wording import clause_of, reported_by

MAX_LINE = 10_000
QUOTE_MARKS = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article: its number from 1, where it starts in the raw text, and how it reads when mended."""

    number: int
    start: int
    reading: Repaired

    def span(self, doc: Doc, first: int, last: int) -> Span:
        """The raw span of the tokens ``first`` to ``last`` (exclusive) of this line's parse."""
        begin = doc[first].idx
        end = doc[last - 1].idx + len(doc[last - 1])
        span = self.reading.to_raw(begin, end)
        return Span(span.start + self.start, span.end + self.start)


def lines_of(article: ArticleText, names: Collection[str] = ()) -> list[Line]:
    """The English title and body lines of an article, mended for reading; overlong ones in pieces of ``MAX_LINE``.

    ``names`` are names that mending may rely on.
    """
    found = []
    body = article.text[article.body_start :]
    title = article.text[article.title_span.start : article.title_span.end]
    is_english = english_lines(f"{title}\n{body}")
    stretches = [(article.title_span.start, article.title_span.end)]
    position = article.body_start
    for piece in body.splitlines(keepends=True):
        stretches.append((position, position + len(piece.rstrip())))
        position += len(piece)
    for start, end in stretches:
        number = article.text.count("\n", 0, start) + 1
        for first, last in _pieces(article.text, start, end):
            text = article.text[first:last]
            if start == article.title_span.start:
                text = recase(text, body)
            else:
                first += dateline_end(text)
                text = article.text[first:last]
            if text.strip() and is_english(text):
                found.append(Line(number, first, repair(text, names=names)))
    return found


CAPITALS = r"[A-Z][A-Z.'’-]{2,}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATELINE = re.compile(
    rf"\s*{CAPITALS}(?:[ ,/]+{CAPITALS}|[ ,/]+[A-Z][a-z.]+(?=[ ,/]*[(–—-]))*"  # BONN, GENEVA/WASHINGTON, BONN, Germany
    rf"(?:,? {MONTH} ?\d{{1,2}},?)?"
    r"(?: ?\([A-Za-z .]{2,20}\))? ?"
    rf"(?:[–—-]+ ?(?=[\"“A-Z])|(?<=\d) (?=[A-Z])|(?<=\d, )(?=[A-Z])|(?<=\)) ?(?=[A-Z]))"
)


def dateline_end(text: str) -> int:
    """Where a line's text starts behind a dateline ("BONN, March 3 (Reuters) - "), 0 without one; in characters."""
    match = DATELINE.match(text)
    return match.end() if match else 0


def recase(title: str, body: str) -> str:
    """A title that lost its capitals ("China warns us") with those its words have in the body; the length stays.

    Titles taken from addresses keep a capital at their start alone; any other title comes back as it is.
    """
    if any(letter.isupper() for letter in title[1:]):
        return title
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for match in re.finditer(r"(?<![.!?\n“\"] )(?<!\n)\b\w+", body):
        forms[match.group().lower()][match.group()] += 1

    def usual(match: re.Match[str]) -> str:
        seen = forms.get(match.group().lower())
        return seen.most_common(1)[0][0] if seen else match.group()

    return title[:1] + re.sub(r"\w+", usual, title[1:]) if title else title


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_LINE:
        cut = max(text.rfind(". ", start, start + MAX_LINE) + 1, text.rfind(" ", start, start + MAX_LINE))
        cut = cut if cut > start else start + MAX_LINE
        yield start, cut
        start = cut
    yield start, end


def extract(article: ArticleText, registry: Registry, *, nlp: Language | None = None) -> list[ExtractedStance]:
    """The stances of one article, in the order of the text.

    ``registry`` knows the actors; ``nlp`` is the pipeline to read with, the configured one if None. Offsets are
    characters of ``article.text``. Raises what the pipeline raises; bad sentences give no stance, not an error.
    """
    return next(iter(extract_many([article], registry, nlp=nlp)))


def extract_many(
    articles: Iterable[ArticleText], registry: Registry, *, nlp: Language | None = None, batch_size: int = 64
) -> Iterator[list[ExtractedStance]]:
    """The stances of each article in turn; lines are read together in batches of ``batch_size``."""
    reader = nlp or _configured()
    for article in articles:
        yield [stance for stance, _ in extract_with_traits(article, registry, nlp=reader, batch_size=batch_size)]


def extract_with_traits(
    article: ArticleText, registry: Registry, *, nlp: Language, batch_size: int = 64
) -> list[tuple[ExtractedStance, Traits]]:
    """The stances of one article, each with the traits of its reading that its confidence is made of."""
    lines = lines_of(article, registry.names)
    docs = list(nlp.pipe((line.reading.text for line in lines), batch_size=batch_size))
    return _Reading(article, lines, docs, registry).stances()


def _configured() -> Language:
    # Imported late: a caller that brings its own pipeline needs none of the shipped one's libraries.
    from claims.extraction.pipeline import load_pipeline

    return load_pipeline()


class _Reading:
    """One article while it is read."""

    def __init__(self, article: ArticleText, lines: list[Line], docs: list[Doc], registry: Registry) -> None:
        self._article = article
        self._lines = lines
        self._docs = docs
        self._registry = registry
        self._cast = Cast(docs, registry, article.published_on, shuffled=_dateline_comes_late(article, lines))
        self._unquoted = not QUOTE_MARKS.search(article.text[article.body_start :])
        self._attributions = [find_attributions(doc, unquoted=self._unquoted) for doc in docs]
        self._first_person = self._main_speaker() if self._unquoted else None

    def _main_speaker(self) -> Figure | None:
        """Whose "our" and "we" are those of lines that name no speaker, where quotation marks are lost.

        The person to whom the article most often gives words in the first person; None where two share that.
        """
        speakers: Counter[str] = Counter()
        figures: dict[str, Figure] = {}
        for place, attributions in enumerate(self._attributions):
            for attribution in attributions:
                doc, content = attribution.head.doc, attribution.content
                if _is_first_person(attribution) or not any(
                    is_first_person(token) for token in doc[content.start : content.end]
                ):
                    continue
                for figure in self._figures((attribution.outer or (attribution,))[0], place):
                    if figure.person:
                        speakers[figure.key] += 1
                        figures[figure.key] = replace(figure, start=-1, end=-1)
        ranked = speakers.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return figures[ranked[0][0]]

    def stances(self) -> list[tuple[ExtractedStance, Traits]]:
        """All stances of the article, each once, in the order of the text, with the traits of their reading."""
        found: dict[tuple[int, int, int, int, str], tuple[ExtractedStance, Traits]] = {}
        for place, (line, doc) in enumerate(zip(self._lines, self._docs, strict=True)):
            regions = quoted_regions(doc)
            for attribution in self._attributions[place]:
                position = position_of(attribution.own or attribution, regions)
                for stance, traits in self._stances_of(attribution, position, place, line):
                    key = (*stance.cue, *stance.content, stance.actor.slug or stance.actor.name)
                    found.setdefault(key, (stance, traits))
        return sorted(found.values(), key=lambda each: _place(each[0]))

    def _figures(self, attribution: Attribution, place: int) -> list[Figure]:
        """Who holds an attribution's position; "I" and "our" are those of the nearest outer source."""
        speaker = None
        if attribution.parent is not None and _may_be_told_by(attribution.parent, attribution):
            speaker = next(iter(self._figures(attribution.parent, place)), None)
        return self._cast.resolve(attribution.source, place, speaker, told=_told(attribution))

    def _stances_of(
        self, attribution: Attribution, position: Position, place: int, line: Line
    ) -> Iterator[tuple[ExtractedStance, Traits]]:
        doc = attribution.head.doc
        outer: list[tuple[Attribution | None, Figure]] = [
            (above, self._figures(above, place)[0]) for above in attribution.outer
        ]
        if not outer and self._first_person is not None and _is_first_person(attribution):
            outer = [(None, self._first_person)]
        told = attribution.parent is None or _may_be_told_by(attribution.parent, attribution)
        speaker = outer[-1][1] if outer and told else None
        figures = self._cast.resolve(attribution.source, place, speaker, told=_told(attribution))
        self._cast.note_speaker((outer[0][1] if outer else figures[0]), place)
        content = line.span(doc, attribution.content.start, attribution.content.end)
        cue = line.span(doc, attribution.cue_start, attribution.cue_end)
        target = line.span(doc, *position.target) if position.target else None
        apart = frozenset(figure.key for figure in figures)
        addressees = self._addressees(attribution, place, line, speaker, apart)
        for figure in figures:
            chain: list[tuple[Attribution | None, Figure]] = []
            for above, source in outer:
                unknown = not source.slug and source.name.lower() in {"i", "we"}
                if not unknown and source.key != figure.key and (not chain or chain[-1][1].key != source.key):
                    chain.append((above, source))
            title = line.start == self._article.title_span.start
            traits = traits_of(attribution, figure, position.act, title=title)
            stance = ExtractedStance(
                line=line.number,
                actor=self._ref(figure, doc, line),
                cue=cue,
                content=content,
                act=position.act,
                side=position.side,
                target=target,
                target_actor=self._target_actor(position, place, line, speaker),
                addressees=tuple(ref for ref in addressees if ref.name != figure.name),
                chain=tuple(
                    ExtractedLink(
                        self._ref(source, doc, line),
                        line.span(doc, above.cue_start, above.cue_end) if above else None,
                        above.act if above else None,
                    )
                    for above, source in chain
                ),
                plover=position.plover,
                negated=attribution.negated,
                conditional=position.conditional,
                future=position.future,
                quotation=position.quotation,
                said_on=said_on(attribution.head, self._article.published_on),
                confidence=confidence_of(traits),
                rule=attribution.rule,
                claim=self._wording(attribution, position, figure, place),
            )
            yield stance, traits

    def _wording(self, attribution: Attribution, position: Position, figure: Figure, place: int) -> str:
        """The claim of an attribution as a clause of its own."""

        def meant(token: Token) -> Figure | None:
            found = self._cast.resolve(token, place, figure)
            return found[0] if len(found) == 1 and (found[0].slug or found[0].person) else None

        reported = reported_by(attribution, position, self._cast.bearer(figure))
        patient = reported.patient_head
        if patient is not None:
            named = self._cast.resolve(patient, place)
            patient_bearer = self._cast.bearer(named[0]) if len(named) == 1 else None
            reported = replace(reported, patient=patient_bearer)
        return clause_of(reported, lambda token: self._cast.bearer(one) if (one := meant(token)) else None)

    def _ref(self, figure: Figure, doc: Doc, line: Line) -> ActorRef:
        mention = line.span(doc, figure.start, figure.end) if 0 <= figure.start < figure.end else None
        return ActorRef(figure.name, figure.slug, mention, figure.candidates)

    def _addressees(
        self, attribution: Attribution, place: int, line: Line, speaker: Figure | None, apart: frozenset[str]
    ) -> tuple[ActorRef, ...]:
        doc = attribution.head.doc
        refs: list[ActorRef] = []
        for phrase in attribution.addressees:
            if phrase.lemma_.lower() in words("gathering"):
                phrase = next((member for member in children(phrase, "nmod") if case_of(member) == "of"), phrase)
            if phrase.lemma_.lower() in words("press") | words("gathering") and not phrase.ent_type_:
                continue
            if not can_hold(phrase, strictly=True) or (speaker is None and _is_of_the_outlet(phrase)):
                continue
            for figure in self._cast.resolve(phrase, place, speaker, apart):
                ref = self._ref(figure, doc, line)
                if ref.name not in {other.name for other in refs}:
                    refs.append(ref)
        return tuple(refs)

    def _target_actor(self, position: Position, place: int, line: Line, speaker: Figure | None) -> ActorRef | None:
        head = position.target_head
        if head is None or not head.ent_type_ or head.ent_type_ in {"DATE", "MONEY"}:
            return None
        figure = self._cast.resolve(head, place, speaker)[0]
        return self._ref(figure, head.doc, line) if figure.slug else None


def _place(stance: ExtractedStance) -> tuple[int, Span, Span, str]:
    return stance.line, stance.cue, stance.content, stance.actor.name


def _dateline_comes_late(article: ArticleText, lines: list[Line]) -> bool:
    """Whether a line behind the first one of the body begins with a dateline, so that they were put out of order."""
    dated = [line.number for line in lines if line.start and dateline_end(_line_at(article.text, line.start))]
    return bool(dated) and min(dated) > min((line.number for line in lines[1:]), default=0)


def _line_at(text: str, position: int) -> str:
    """The whole line of a text that a position is in."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)]


def _may_be_told_by(outer: Attribution, inner: Attribution) -> bool:
    """Whether an inner source like "they" may be the outer one: not in "They left, according to the ministry"."""
    return outer.rule != "according" or not outer.content.fronted or _is_first_person(inner)


def _told(attribution: Attribution) -> range:
    """The tokens of what is said where they stand before their source, who does not name himself in them."""
    content, source = attribution.content, attribution.source
    return range(max(content.start, source.sent.start), content.end) if content.start < source.i else range(0)


def _is_of_the_outlet(phrase: Token) -> bool:
    """Whether words outside any quotation mean the outlet itself: "told us", "told this newspaper"."""
    if is_first_person(phrase) or any(is_first_person(owner) for owner in children(phrase, "nmod:poss")):
        return True
    outlet = phrase.lemma_.lower() in {"newspaper", "paper", "magazine", "agency", "reporter", "website"}
    return outlet and any(determiner.lower_ == "this" for determiner in children(phrase, "det"))


def _is_first_person(attribution: Attribution) -> bool:
    """Whether a source is named from the speaker's side: "we", "our president"."""
    source = attribution.source
    return is_first_person(source) or any(is_first_person(owner) for owner in children(source, "nmod:poss", "det"))
