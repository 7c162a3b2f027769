"""Measuring a pipeline: the corpora's readers, the scores, and the command."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import spacy
from django.core.management import CommandError, call_command
from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.extraction.components.heads import set_heads
from claims.extraction.tokenizer import word_offsets
from claims.extraction.training.corpora import (
    attribution_articles,
    entity_articles,
    split_entities,
    treebank,
)
from claims.extraction.training.scores import Count, score_entities, score_trees, tag_spans

CONLLU = """\
# newdoc id = one
# newpar id = one-p1
# text = Oslo doesn't agree.
1\tOslo\tOslo\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\tVBZ\tTense=Pres\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tagree\tagree\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = It waits.
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\twaits\twait\tVERB\tVBZ\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
ENTITIES = (
    "https://example.org/1\tO\n\nAngela\tB-Person\nMerkel\tI-Person\nmet\tO\nthe O\nEU\tB-Organization\n\n"
    "Bonn\tB-Location\n"
)
TEXT = "Merkel said it was late.\n\nShe left.\n"
BRAT = (
    "T1\tSource 0 6\tMerkel\nT2\tCue 7 11\tsaid\nT3\tContent 12 18;19 23\tit was late\n"
    "T4\tAttribution 7 11\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nbroken line\n"
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "ud").mkdir()
    for part in ("dev", "test"):
        (tmp_path / "ud" / f"{part}.conllu").write_text(CONLLU, encoding="utf8")
    (tmp_path / "ner").mkdir()
    for number in range(11):
        (tmp_path / "ner" / f"article{number:02}.tsv").write_text(ENTITIES, encoding="utf8")
    for folder, name, content in (
        ("text", "news.txt", TEXT),
        ("attributions", "news_b.ann", "T1\tCue 0 6\tMerkel\n"),
        ("attributions", "news_a.ann", BRAT),
    ):
        (tmp_path / "polnear" / "dev" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "polnear" / "dev" / folder / name).write_text(content, encoding="utf8")
    return tmp_path


def test_words_of_a_range_share_its_characters(corpora: Path) -> None:
    first, second = treebank(corpora / "ud" / "test.conllu")
    assert [first.text[start:end] for start, end in first.offsets] == ["Oslo", "does", "n't", "agree", "."]
    assert [word.space_after for word in first.words] == [True, False, True, False, True]
    assert [(word.head, word.dep) for word in second.words] == [(1, "nsubj"), (1, "ROOT"), (1, "punct")]
    assert (first.starts_document, first.starts_paragraph, second.starts_paragraph) == (True, True, False)


def test_newswire_tags_are_renamed_and_addresses_left_out(corpora: Path) -> None:
    article = entity_articles(corpora / "ner")[0]
    assert article.words == ["Angela", "Merkel", "met", "the", "EU", "Bonn"]
    assert article.layers["ENT"] == ["B-PERSON", "I-PERSON", "O", "O", "B-ORG", "B-LOC"]
    assert article.line_starts == {0, 5}


def test_the_newswire_is_parted_by_the_order_of_names(corpora: Path) -> None:
    train, dev, test = split_entities(entity_articles(corpora / "ner"))
    assert [article.name for article in test] == ["article00.tsv", "article10.tsv"]
    assert [article.name for article in dev] == ["article05.tsv"]
    assert len(train) == 8


def test_of_several_annotators_the_first_counts_and_fragments_stay_apart(corpora: Path) -> None:
    [article] = attribution_articles(corpora / "polnear" / "dev", word_offsets)
    assert article.words == ["Merkel", "said", "it", "was", "late", ".", "She", "left", "."]
    assert tag_spans(article.layers["SOURCE"]) == [(0, 1, "SOURCE")]
    assert tag_spans(article.layers["CUE"]) == [(1, 2, "CUE")]
    assert tag_spans(article.layers["CONTENT"]) == [(2, 4, "CONTENT"), (4, 5, "CONTENT")]
    assert article.line_starts == {0, 6}


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["O", "B-A", "I-A", "O"], [(1, 3, "A")]),
        (["B-A", "B-A"], [(0, 1, "A"), (1, 2, "A")]),
        (["I-A", "I-B"], [(0, 1, "A"), (1, 2, "B")]),
        ([], []),
    ],
)
def test_tags_become_spans(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert tag_spans(tags) == spans


def test_a_count_gives_precision_recall_and_f1() -> None:
    count = Count(hit=3, found=4, wanted=6)
    assert (count.precision, count.recall, count.f1) == (0.75, 0.5, 0.6)
    assert Count().f1 == 0.0


# What the pipeline below says of each word: tag, part of speech, lemma, head, label. "waits" is where it errs.
ANSWERS = {
    "Oslo": ("NNP", "PROPN", "Oslo", "agree", "nsubj"),
    "does": ("VBZ", "AUX", "do", "agree", "aux"),
    "n't": ("RB", "PART", "not", "agree", "advmod"),
    "agree": ("VB", "VERB", "agree", "agree", "ROOT"),
    "It": ("PRP", "PRON", "it", "waits", "obj"),
    "waits": ("NNS", "NOUN", "wait", "waits", "ROOT"),
}
NAMES = {"Merkel": "PERSON", "EU": "ORG", "Bonn": "PERSON"}


@Language.component("answers_from_a_table")
def answers_from_a_table(doc: Doc) -> Doc:
    places = {token.text: token.i for token in doc}
    heads = []
    for token in doc:
        tag, pos, lemma, head, label = ANSWERS.get(token.text, (".", "PUNCT", token.text, "", "punct"))
        token.tag_, token.pos_, token.lemma_, token.dep_ = tag, pos, lemma, label
        heads.append(places.get(head, max(token.i - 1, 0)))
    set_heads(doc, heads, np.array([token.dep for token in doc], dtype=np.uint64))
    doc.set_ents([Span(doc, token.i, token.i + 1, NAMES[token.text]) for token in doc if token.text in NAMES])
    return doc


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("answers_from_a_table")
    return nlp


def test_trees_are_scored_by_word_head_and_label(nlp: Language, corpora: Path) -> None:
    counts = score_trees(nlp, treebank(corpora / "ud" / "test.conllu"), gold_words=True).counts
    assert {name: count.hit for name, count in counts.items()} == {
        "WORDS": 8, "SENTS": 2, "TAG": 7, "UPOS": 7, "LEMMA": 8, "UAS": 8, "LAS": 7,
    }  # fmt: skip
    assert {count.wanted for name, count in counts.items() if name != "SENTS"} == {8}


def test_raw_text_is_scored_by_its_characters(nlp: Language, corpora: Path) -> None:
    counts = score_trees(nlp, treebank(corpora / "ud" / "test.conllu"), gold_words=False).counts
    assert (counts["WORDS"].f1, counts["LEMMA"].f1) == (1.0, 1.0)
    assert counts["SENTS"].hit == 2


@pytest.mark.parametrize("gold_words", [True, False])
def test_entities_are_scored_by_label(nlp: Language, corpora: Path, gold_words: bool) -> None:
    counts = score_entities(nlp, entity_articles(corpora / "ner")[:1], gold_words=gold_words).counts
    assert (counts["ORG"].hit, counts["LOC"].hit, counts["PERSON"].hit) == (1, 0, 0)
    assert (counts["ALL"].hit, counts["ALL"].found, counts["ALL"].wanted) == (1, 3, 3)


def test_the_command_measures_the_shipped_pipeline(corpora: Path) -> None:
    out = StringIO()
    folders = [str(corpora / "ud"), str(corpora / "ner")]
    call_command("evaluate", "pipeline", *folders, "--attributions", str(corpora / "polnear"), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["pipeline"], report["part"]) == ("en_stance_news", "test")
    assert report["sections"]["tree, words given"]["LAS"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "count": 8}
    assert report["sections"]["entities, raw text"]["ALL"]["count"] == 6
    assert report["sections"]["attributions, raw text"]["CUE"]["f1"] == 1.0


def test_the_command_prints_tables(corpora: Path) -> None:
    out = StringIO()
    call_command("evaluate", "pipeline", str(corpora / "ud"), str(corpora / "ner"), "--on", "dev", stdout=out)
    assert out.getvalue().startswith("en_stance_news 1.")
    assert re.search(r"^  LAS +1\.0000 +1\.0000 +1\.0000 +8$", out.getvalue(), flags=re.MULTILINE)


def test_the_command_says_which_corpus_is_missing(corpora: Path) -> None:
    with pytest.raises(CommandError, match=r"test\.conllu"):
        call_command("evaluate", "pipeline", str(corpora), str(corpora / "ner"))
    with pytest.raises(CommandError, match="has no articles"):
        call_command("evaluate", "pipeline", str(corpora / "ud"), str(corpora / "ud"))
