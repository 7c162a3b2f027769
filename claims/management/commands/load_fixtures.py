"""``manage.py load_fixtures``: actors with their names and offices, and topics, out of ``fixtures/`` into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from claims.extraction.facts import FactsError, read_facts, read_topics
from claims.ingest.facts import Loaded, load_facts
from claims.ingest.runs import RunLog
from claims.management.documented import DocumentedCommand
from claims.models import LoadedFact, Run


class Command(DocumentedCommand):
    """Load what was never loaded before; what is there is left as it is."""

    help = (
        "Load actors with their names and offices, and topics, from JSON Lines files. Rows are only ever added: what "
        "people changed stays changed, and what they deleted, merged or moved does not come back."
    )
    examples = ("", "--actors fixtures/actors --topics fixtures/topics.jsonl", "--actors /data/our-own-actors")
    exit_codes = {
        0: "everything is there",
        1: "some facts were refused; each is named, and the others are there",
        2: "the files can't be read or contradict themselves; nothing was loaded",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the facts are."""
        fixtures = settings.BASE_DIR / "fixtures"
        parser.add_argument(
            "--actors",
            type=Path,
            default=fixtures / "actors",
            metavar="FOLDER",
            help="folder of *.jsonl files, one actor a line (default: fixtures/actors)",
        )
        parser.add_argument(
            "--topics",
            type=Path,
            default=fixtures / "topics.jsonl",
            metavar="FILE",
            help="JSON Lines file, one topic a line; it may be missing (default: fixtures/topics.jsonl)",
        )

    def handle(self, *, actors: Path, topics: Path, **options: Any) -> None:
        """Read, load, report."""
        try:
            actor_facts = read_facts(actors)
            topic_facts = read_topics(topics) if topics.exists() else []
        except (FactsError, OSError) as error:
            raise CommandError(f"The facts can't be loaded:\n{error}", returncode=2) from error
        log = RunLog(Run.Kind.LOAD)
        state = Run.State.FAILED
        try:
            with tqdm(total=len(actor_facts) + len(topic_facts), unit="fact", disable=None) as bar:
                loaded = load_facts(actor_facts, topic_facts, done=bar.update)
            log.fail(loaded.refusals)
            log.beat(loaded.counts(), "", "")
            state = Run.State.FINISHED
        finally:
            log.end(state)
        self._report(loaded)

    def _report(self, loaded: Loaded) -> None:
        columns = list(loaded.outcomes(LoadedFact.Kind.ACTOR))
        self.stdout.write(f"    {'':8}{''.join(f'{column:>10}' for column in columns)}")
        for kind in LoadedFact.Kind.values:
            outcomes = loaded.outcomes(kind)
            self.stdout.write(f"    {kind:8}{''.join(f'{outcomes[column]:>10,}' for column in columns)}")
        for refusal in loaded.refusals:
            self.stderr.write(f"    refused: {refusal.where}: {refusal.reason}")
        if loaded.refusals:
            raise CommandError("Some facts were refused; the others are there.", returncode=1)
