"""Loading pipelines, and the promises that the shipped one keeps on any text."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction.components.reading import act_guess, cue_probabilities, linked
from claims.extraction.pipeline import (
    PIPES,
    SHIPPED,
    PipelineError,
    PipelineInfo,
    blank_pipeline,
    load_pipeline,
    pipeline_info,
)

NEWS = (
    "Oslo rejects the offer.\n"
    "The minister said on Friday that Norway would not sign. It had been asked twice.\n\n"
    '"We have waited long enough," she told reporters in Bergen.'
)


def annotation(doc: Doc) -> list[tuple[object, ...]]:
    """Everything that the pipeline sets, as plain values."""
    tokens = [
        (
            token.text,
            token.tag_,
            token.pos_,
            str(token.morph),
            token.lemma_,
            token.head.i,
            token.dep_,
            token.is_sent_start,
        )
        for token in doc
    ]
    spans = [(name, span.start, span.end) for name, group in doc.spans.items() for span in group]
    joined = [tuple(map(str, record)) for record in linked(doc)]
    return [*tokens, *((span.start, span.end, span.label_) for span in doc.ents), *spans, *joined]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


def test_it_loads_the_shipped_pipeline_once(nlp: Language) -> None:
    assert load_pipeline() is load_pipeline("") is nlp
    assert nlp.pipe_names == [name for name, _ in PIPES]
    assert pipeline_info(nlp) == PipelineInfo("en_stance_news", nlp.meta["version"])


def test_it_fits_into_the_repository() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 40_000_000


def test_it_labels_as_universal_dependencies_and_the_newswire_do(nlp: Language) -> None:
    deps = set(nlp.pipe_labels["parser"])
    assert {
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "ccomp",
        "xcomp",
        "acl:relcl",
        "nmod:poss",
    } <= deps
    assert set(nlp.pipe_labels["ner"]) == {
        "PERSON", "ORG", "LOC", "NORP", "FAC", "DATE", "MONEY", "PRODUCT", "MISC",
    }  # fmt: skip


def test_it_sets_every_annotation(nlp: Language) -> None:
    doc = nlp(NEWS)
    for attribute in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(attribute), attribute
    assert set(doc.spans) == {"source", "cue", "content"}
    assert all(len([token for token in sentence if token.head == token]) == 1 for sentence in doc.sents)


@pytest.mark.parametrize("batch_size", [1, 3, 50])
def test_it_reads_a_text_alike_in_any_batch(nlp: Language, batch_size: int) -> None:
    texts = [NEWS, "Yes.", NEWS.replace("\n", " "), "", "Cairo waits", NEWS]
    alone = [annotation(nlp(text)) for text in texts]
    assert [annotation(doc) for doc in nlp.pipe(texts, batch_size=batch_size)] == alone


def test_it_reads_alike_in_and_after_memory_zones(nlp: Language) -> None:
    before = annotation(nlp(NEWS))
    strings = len(nlp.vocab.strings)
    for round_ in range(3):
        with nlp.memory_zone():
            docs = list(nlp.pipe([NEWS, f"Zwentendorfian{round_} spokespeople deny it."]))
            assert annotation(docs[0]) == before
            assert docs[1][0].lemma_.startswith("Zwentendorf")
    assert len(nlp.vocab.strings) == strings
    assert annotation(nlp(NEWS)) == before


def test_it_ends_a_sentence_at_every_newline(nlp: Language) -> None:
    doc = nlp("Ministers from both countries\nmet in Geneva to\n\ndiscuss the\r\nborder")
    lines = ["Ministers from both countries", "met in Geneva to", "discuss the", "border"]
    assert [sentence.text.strip() for sentence in doc.sents] == lines
    for token in doc:
        if not token.is_space:
            assert "\n" not in doc.text[min(token.idx, token.head.idx) : max(token.idx, token.head.idx)]
    assert all("\n" not in span.text.strip() for span in doc.ents)


def test_it_hangs_white_space_on_the_token_before(nlp: Language) -> None:
    doc = nlp("  \n Peace  talks\n\nfail ")
    for token in doc:
        if token.is_space:
            assert (token.dep_, token.pos_, token.tag_, token.ent_type_) == ("dep", "SPACE", "_SP", "")
            assert token.head.i == (token.i - 1 if token.i else 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n \t",
        "word",
        "😀 👩‍👩‍👧 \u200b\ufeff",
        "Москва отрицает это. 北京が否定した。 قال الوزير",
        "a\x00b \x85 c\u2028d",
        "no stop " * 700,
        "One sentence here. " * 400,
        "x" * 20_000,
        "(" * 900,
        "!!! ??? ... ---",
    ],
    ids=["empty", "space", "only spaces", "a word", "emoji", "other scripts", "controls", "endless sentence",
         "long line", "long word", "brackets", "marks"],
)  # fmt: skip
def test_it_reads_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
    assert all(token.tag_ and token.pos_ and token.dep_ and token.lemma_ for token in doc)


def test_it_cuts_a_long_line_where_a_sentence_starts(nlp: Language) -> None:
    sentence = "The envoy said on Monday that the talks would go on. "
    doc = nlp(sentence * 60)
    assert {span.text.strip() for span in doc.sents} == {sentence.strip()}


def test_it_tells_the_probability_of_cues(nlp: Language) -> None:
    doc = nlp("The governor said\n that the bridge would reopen.")
    probabilities = cue_probabilities(doc)
    assert len(probabilities) == len(doc)
    assert probabilities[2] > 0.5 > probabilities[5]
    assert probabilities[3] == 0


def test_it_says_which_source_cue_and_contents_belong_together(nlp: Language) -> None:
    doc = nlp("“We are ready,” the mayor said, “to talk.” Critics argued that it was too late.")
    found = [
        ([span.text for span in sources], cue.text, [span.text for span in contents])
        for sources, cue, contents, _ in linked(doc)
    ]
    assert found == [
        (["the mayor"], "said", ["“We are ready,”", "“to talk.”"]),
        (["Critics"], "argued", ["that it was too late"]),
    ]
    assert all(0.5 < record.probability <= 1 for record in linked(doc))


def test_it_guesses_the_act_of_a_cue_from_its_use(nlp: Language) -> None:
    doc = nlp("The minister warned that the dam could break.")
    [cue] = doc.spans["cue"]
    acts = act_guess(doc, cue.start, cue.end)
    assert acts[0][0] == "warns"
    assert sum(chance for _, chance in acts) == pytest.approx(1, abs=1e-3)


def test_it_comes_back_from_disk_bytes_and_pickles_unchanged(nlp: Language, tmp_path: Path) -> None:
    before = annotation(nlp(NEWS))
    nlp.to_disk(tmp_path / "copy")
    assert annotation(spacy.load(tmp_path / "copy")(NEWS)) == before
    assert annotation(blank_pipeline().from_bytes(nlp.to_bytes())(NEWS)) == before
    assert annotation(pickle.loads(pickle.dumps(nlp))(NEWS)) == before


def test_a_doc_can_be_serialised(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert annotation(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == annotation(doc)


def test_a_missing_pipeline_is_refused_with_what_to_do() -> None:
    with pytest.raises(PipelineError, match="Set STANCE_PIPELINE to an installed spaCy package"):
        load_pipeline("en_no_such_pipeline")


def test_a_pipeline_without_parser_and_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match="must be English and have the pipes 'parser' and 'ner'"):
        load_pipeline(str(tmp_path / "blank"))


def test_a_parser_with_unknown_labels_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("subject")  # type: ignore[attr-defined]
    nlp.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "odd")
    with pytest.raises(PipelineError, match="neither Universal Dependencies nor ClearNLP"):
        load_pipeline(str(tmp_path / "odd"))


def test_a_clearnlp_parser_is_adapted(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in ("nsubj", "dobj", "pobj", "prep"):
        parser.add_label(label)  # type: ignore[attr-defined]
    nlp.add_pipe("ner").add_label("GPE")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "clear")
    assert load_pipeline(str(tmp_path / "clear")).pipe_names == ["parser", "ner", "universal_dependencies"]
