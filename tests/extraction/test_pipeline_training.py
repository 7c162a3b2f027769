"""What training does to its sentences: trees stay trees, tags stay on their words."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.components.reading import ROLE_TAGS
from claims.extraction.training.augment import (
    changed_text,
    changed_tree,
    headline,
    recased,
    renamed,
    scraped,
    third_person,
    without,
)
from claims.extraction.training.corpora import TaggedText, Tree, Word
from claims.extraction.training.headlines import made_up
from claims.extraction.training.labels import gather, morph_label
from claims.extraction.training.mentions import Mentions
from claims.extraction.training.scores import tag_spans
from claims.extraction.training.windows import IGNORED, Window, WindowMaker
from claims.extraction.wordpieces import WordPieces

PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"


def tree() -> Tree:
    """The tree of: Norway's minister "rejected" the offer of aid."""
    rows = [
        ("Norway", "Norway", "PROPN", "NNP", "Number=Sing", 2, "nmod:poss"),
        ("'s", "'s", "PART", "POS", "", 0, "case"),
        ("minister", "minister", "NOUN", "NN", "Number=Sing", 4, "nsubj"),
        ("“", "“", "PUNCT", "``", "", 4, "punct"),
        ("rejected", "reject", "VERB", "VBD", PAST, 4, "ROOT"),
        ("”", "”", "PUNCT", "''", "", 4, "punct"),
        ("the", "the", "DET", "DT", "", 7, "det"),
        ("offer", "offer", "NOUN", "NN", "Number=Sing", 4, "obj"),
        ("of", "of", "ADP", "IN", "", 9, "case"),
        ("aid", "aid", "NOUN", "NN", "Number=Sing", 7, "nmod"),
        (".", ".", "PUNCT", ".", "", 4, "punct"),
    ]
    return Tree([Word(*row) for row in rows], "", True, True)


def arcs(tree: Tree) -> list[str]:
    return [f"{word.form} {word.dep} {tree.words[word.head].form}" for word in tree.words]


def is_tree(tree: Tree) -> bool:
    words = tree.words
    roots = [index for index, word in enumerate(words) if word.head == index]
    for index in range(len(words)):
        for _ in words:
            index = words[index].head
        if index not in roots:
            return False
    return len(roots) == 1 and words[roots[0]].dep == "ROOT"


def test_what_hung_on_a_lost_word_hangs_on_its_head() -> None:
    assert "of case aid" in arcs(without(tree(), {7}))
    assert "aid nmod rejected" in arcs(without(tree(), {7}))


def test_a_lost_root_leaves_its_place_to_a_child() -> None:
    found = without(tree(), {4})
    assert is_tree(found)
    assert "minister ROOT minister" in arcs(found)


def test_scraping_loses_marks_and_glues_possessives() -> None:
    found = scraped(tree(), Random(1))
    assert [word.form for word in found.words] == ["Norways", "minister", "rejected", "the", "offer", "of", "aid", "."]
    assert arcs(found)[0] == "Norways nmod:poss minister"
    assert is_tree(found)


def test_a_headline_is_short_and_present() -> None:
    found = headline(tree(), Random(1))
    assert [word.form for word in found.words] == ["Norway", "'s", "minister", "rejects", "offer", "of", "aid"]
    verb = found.words[3]
    assert (verb.lemma, verb.tag, verb.feats) == ("reject", "VBZ", PAST.replace("Past", "Pres"))


def test_names_become_names_of_world_politics() -> None:
    found = {renamed(tree(), Random(seed)).words[0].form for seed in range(20)}
    assert len(found) > 5


@given(st.integers(), st.booleans())
def test_changed_trees_are_trees(seed: int, is_scraped: bool) -> None:
    before = tree()
    assert is_tree(changed_tree(before, Random(seed), is_scraped=is_scraped))
    assert before == tree()


@given(st.integers())
def test_made_up_headlines_are_trees_with_forms_that_fit_their_tags(seed: int) -> None:
    for found in made_up(3, Random(seed)):
        assert is_tree(found)
        for word in found.words:
            assert word.tag != "VBG" or word.form.endswith("ing")
            assert word.tag != "VBZ" or word.form == third_person(word.lemma)


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("deny", "denies"), ("say", "says"), ("push", "pushes"), ("go", "goes"), ("have", "has"), ("slam", "slams")],
)
def test_verbs_take_the_ending_of_the_third_person(lemma: str, form: str) -> None:
    assert third_person(lemma) == form


@pytest.mark.parametrize(
    ("style", "forms"),
    [
        ("lower", ["the", "un", "votes", "on", "3-0"]),
        ("upper", ["THE", "UN", "VOTES", "ON", "3-0"]),
        ("title", ["The", "UN", "Votes", "on", "3-0"]),
        ("all title", ["The", "UN", "Votes", "On", "3-0"]),
    ],
)
def test_letter_case_changes_for_a_whole_sentence(style: str, forms: list[str]) -> None:
    assert recased(["The", "UN", "votes", "on", "3-0"], Random(0), style=style) == forms


def text() -> TaggedText:
    words = ["“", "Angela", "Merkel", "”", "'s", "aide", "left", "Oslo", "."]
    tags = ["B-PERSON", "I-PERSON", "I-PERSON", "I-PERSON", "O", "O", "O", "B-LOC", "O"]
    return TaggedText("a", words, {"ENT": tags}, {0, 6})


def test_a_span_that_loses_its_first_mark_still_begins() -> None:
    seeds = (changed_text(text(), Random(seed)) for seed in range(60))
    found = next(changed for changed in seeds if "“" not in changed.words and changed.words[0].istitle())
    assert tag_spans(found.layers["ENT"])[0][:2] == (0, 2)
    assert len(found.line_starts) == 2


def test_entities_become_others_of_their_kind() -> None:
    other = TaggedText("b", ["Paris", "and", "Abu", "Dhabi"], {"ENT": ["B-LOC", "O", "B-LOC", "I-LOC"]}, {0})
    mentions = Mentions([other])
    found = [mentions.exchanged(other, 1.0, Random(seed)) for seed in range(20)]
    assert {"Paris and Paris", "Abu Dhabi and Paris", "Abu Dhabi and Abu Dhabi"} <= {" ".join(t.words) for t in found}
    assert all([label for *_, label in tag_spans(t.layers["ENT"])] == ["LOC", "LOC"] for t in found)
    assert mentions.exchanged(other, 0.0, Random(0)) == other


def test_windows_hold_the_targets_of_every_word() -> None:
    labels = gather([tree()] * 3)
    maker = WindowMaker(WordPieces(["[UNK]", "[CLS]", "[SEP]", "offer"]), labels, longest=40)
    [window, rest] = maker.trees([tree(), tree(), tree(), tree()])
    assert len(window.first) == 33
    # "'s" has two pieces; there are a start, an end, and a separator before each new paragraph.
    assert len(window.pieces) == 33 + 3 + 1 + 1 + 2
    assert window.targets["sentence"] == [0] * 11 + [1] * 11 + [2] * 11
    assert window.targets["head"][15] == 15
    assert labels.tags[window.targets["tag"][15]] == "VBD"
    assert labels.morphs[window.targets["morph"][15]] == morph_label(tree().words[4])
    assert window.targets["dep"][15] == IGNORED
    assert [index for index, start in enumerate(window.targets["start"]) if start] == [0, 11, 22]
    assert len(rest.first) == 11


def test_lemmas_are_known_where_a_word_and_its_tag_settle_them() -> None:
    labels = gather([tree()] * 3)
    assert labels.lemmas["rejected|VBD"] == "reject"
    assert "offer|NN" not in labels.lemmas
    assert (labels.lemmas["fled|VBN"], labels.lemmas["crises|NNS"]) == ("flee", "crisis")
    assert "offer" in labels.words


def attributed() -> TaggedText:
    """“We will”, she said, “wait.” It rained. Two spans of content point to "said", that to "she"."""
    words = ["“", "We", "will", "”", "she", "said", "“", "wait", "”", ".", "Rain", "fell"]
    tags = {role: ["O"] * len(words) for role in ("SOURCE", "CUE", "CONTENT")}
    tags["CONTENT"][0:4] = ["B-CONTENT", "I-CONTENT", "I-CONTENT", "I-CONTENT"]
    tags["SOURCE"][4], tags["CUE"][5] = "B-SOURCE", "B-CUE"
    tags["CONTENT"][6:9] = ["B-CONTENT", "I-CONTENT", "I-CONTENT"]
    spans = [3, 3, 3, 3, 1, 2, 4, 4, 4, 0, 0, 0]
    links = [2, 2, 2, 2, 0, 1, 2, 2, 2, 0, 0, 0]
    return TaggedText("a", words, tags, {0, 10}, spans=spans, links=links)


def role_windows(text: TaggedText, longest: int) -> list[Window]:
    labels = gather([tree()])
    return list(WindowMaker(WordPieces(["[UNK]", "[CLS]", "[SEP]"]), labels, longest).texts([text], "roles"))


def test_windows_hold_the_roles_and_what_they_point_to() -> None:
    [window] = role_windows(attributed(), 40)
    assert [ROLE_TAGS[tag] for tag in window.targets["role"]][3:8] == [
        "I-CONTENT", "B-SOURCE", "B-CUE", "B-CONTENT", "I-CONTENT",
    ]  # fmt: skip
    nothing = IGNORED
    assert window.targets["link"] == [5, 5, 5, 5, nothing, 4, 5, 5, 5, nothing, nothing, nothing]
    assert window.targets["line"] == [0] * 10 + [1] * 2


def test_a_span_whose_target_is_in_another_window_points_to_itself() -> None:
    first, second, *_ = role_windows(attributed(), 7)
    assert (len(first.first), first.targets["link"]) == (5, [0, 1, 2, 3, IGNORED])
    assert second.targets["link"][0] == 0  # The cue, whose source the first window has.


def test_a_span_that_a_window_cuts_begins_anew() -> None:
    windows = role_windows(attributed(), 4)
    assert ROLE_TAGS[windows[1].targets["role"][0]] == "B-CONTENT"


@given(st.integers())
def test_changed_texts_keep_their_links(seed: int) -> None:
    found = changed_text(attributed(), Random(seed))
    assert len(found.words) == len(found.spans) == len(found.links)
    assert all(link == 2 for link, tag in zip(found.links, found.layers["CONTENT"], strict=True) if tag != "O")
