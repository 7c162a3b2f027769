"""Loading the spaCy pipeline that extraction reads with: the shipped one, or another that is installed.

Importing this module registers the shipped pipeline's components with spaCy.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from claims.extraction import encoder
from claims.extraction.components import attribution, clearnlp, entities, parsing, tagging
from claims.extraction.tokenizer import split_hyphens

VERSION = "1.2.0"
SHIPPED = Path(__file__).with_name("en_stance_news")
# Pipe and factory, in the order they run.
PIPES = (
    ("encoder", "stance_encoder"),
    ("tagger", "stance_tagger"),
    ("morphologizer", "stance_morphologizer"),
    ("lemmatizer", "stance_lemmatizer"),
    ("parser", "stance_parser"),
    ("ner", "stance_ner"),
    ("attribution", "stance_attribution"),
)
# The modules whose import registers the factories above.
REGISTERED = (encoder, tagging, parsing, entities, attribution, clearnlp)


class PipelineError(Exception):
    """No usable pipeline: the message says what to do about it."""


class PipelineInfo(NamedTuple):
    """Which pipeline read an article, as runs record it."""

    name: str
    version: str


def load_pipeline(name: str | None = None) -> Language:
    """Load a pipeline, once a process.

    ``name`` is an installed spaCy package or a folder; None or "" is the shipped pipeline. Labels of ClearNLP (spaCy's
    own English pipelines) are turned into Universal Dependencies by a further pipe; raises ``PipelineError`` where the
    pipeline is missing or has no parser or no entities.
    """
    return _load(name or "")


def pipeline_info(nlp: Language) -> PipelineInfo:
    """Give the name ("en_stance_news") and version of a loaded pipeline."""
    return PipelineInfo(f"{nlp.meta['lang']}_{nlp.meta['name']}", str(nlp.meta["version"]))


def blank_pipeline() -> Language:
    """Give the pipeline with all its pipes and nothing in them, as the export of a training fills it."""
    nlp = split_hyphens(spacy.blank("en"))
    nlp.meta["name"] = SHIPPED.name.removeprefix("en_")
    nlp.meta["description"] = "Universal Dependencies, entities and attributions of English news on one small encoder"
    for pipe, factory in PIPES:
        nlp.add_pipe(factory, name=pipe)
    return nlp


@cache
def _load(name: str) -> Language:
    source = Path(name) if name else SHIPPED
    if not name and not (source / "config.cfg").is_file():
        raise PipelineError(
            f"The shipped pipeline is missing: {source} has no config.cfg. "
            "Get the whole repository again, or rebuild the pipeline as docs/pipeline.md describes."
        )
    try:
        nlp = spacy.load(source if source.is_dir() else name)
    except (OSError, ValueError) as error:
        raise PipelineError(
            f"The pipeline {name or source} cannot be loaded ({error}). "
            "Set STANCE_PIPELINE to an installed spaCy package or a pipeline's folder, or unset it for the shipped one."
        ) from error
    return _checked(nlp, name or str(source))


def _checked(nlp: Language, name: str) -> Language:
    lacking = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if lacking or nlp.lang != "en":
        raise PipelineError(
            f"The pipeline {name} cannot be used: it must be English and have the pipes 'parser' and 'ner' "
            f"(its language is {nlp.lang!r}, its pipes are {', '.join(nlp.pipe_names) or 'none'}). "
            "Set STANCE_PIPELINE to another, or unset it for the shipped one."
        )
    labels = set(nlp.pipe_labels["parser"])
    if clearnlp.is_clearnlp(labels):
        nlp.add_pipe("universal_dependencies", last=True)
    elif not {"nsubj", "obj", "obl", "case"} <= labels:
        raise PipelineError(
            f"The pipeline {name} cannot be used: its parser's labels are neither Universal Dependencies nor ClearNLP. "
            "Set STANCE_PIPELINE to another, or unset it for the shipped one."
        )
    return nlp
