"""Ten analysts at their desks at once, on a served site: is a judgement lost, an error shown, a log entry missing?

    python -m tests.analysts --seconds 60
    python -m tests.postgresql -- python -m tests.analysts --seconds 60

The database is that of ``DATABASE_URL`` and must be empty; without it, a SQLite file made for this. Each analyst opens
the desk, decides about the stance that it shows by posting its form as a browser would, and believes the message that
comes back. They all work on the same queue, so they often meet at one stance. At the end the log must have exactly the
decisions that people were told of, and each stance the state of its last one.

Exit status 1 says what went wrong, 0 that nothing did.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
ANALYSTS = 10
STANCES, ACTORS = 3_000, 600
DESK = "/admin/claims/stance/desk/"
#: What the desk says after a decision, and what the log then has.
TOLD = {
    "Accepted": "accepted",
    "Corrected": "corrected",
    "Rejected": "rejected",
    "Taken back": "taken back",
}


class _Form(HTMLParser):
    """The fields of the stance's form and of the messages on a page of the desk."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.action = ""
        self.messages = ""
        self._in_form = self._in_messages = False
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = got.get("id") == "stance_form"
            self.action = got.get("action", "") if self._in_form else self.action
        if got.get("id") == "desk-messages":
            self._in_messages = True
        if not self._in_form:
            return
        name = got.get("name", "")
        if tag == "input" and name and (got.get("type") != "checkbox" or "checked" in got):
            self.fields[name] = got.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in got:
            self.fields[self._select] = got.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._in_messages:
            self.messages += data
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "div":
            self._in_messages = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


@dataclass
class Analyst:
    """One person with a signed-in browser: what they did, were told, and met with."""

    name: str
    cookies: SimpleCookie
    port: int
    chance: random.Random
    told: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Decide about one stance after the other until the clock (``time.monotonic``) says ``until``."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            page = self._ask(connection, "GET", DESK)
            while time.monotonic() < until and page is not None:
                page = self._step(connection, page)
        except OSError as error:
            self.errors.append(f"{self.name} lost the connection: {error}")
        finally:
            connection.close()

    def _step(self, connection: HTTPConnection, page: _Form) -> _Form | None:
        if not page.action:
            return self._ask(connection, "GET", DESK)
        draw = self.chance.random()
        if draw < 0.1:
            return self._decide(connection, f"{DESK}undo/", {"csrfmiddlewaretoken": page.fields["csrfmiddlewaretoken"]})
        fields = dict(page.fields)
        if draw < 0.3:
            fields |= {"_reject": "1", "note": "not a position"}
        else:
            fields["_accept"] = "1"
            if draw < 0.5:
                fields["act"] = self.chance.choice(["states", "denies", "warns", "demands"])
        # Reading takes a moment, in which others decide.
        time.sleep(self.chance.random() / 20)
        return self._decide(connection, page.action, fields)

    def _decide(self, connection: HTTPConnection, address: str, fields: dict[str, str]) -> _Form | None:
        answer = self._ask(connection, "POST", address, urlencode(fields))
        if answer is not None:
            found = [decision for words, decision in TOLD.items() if words in answer.messages]
            self.told.update(found)
            self.conflicts += not found
        # A refused form shows what was typed; whoever meets one looks at the stance anew.
        return answer if answer is None or answer.messages.strip() else self._ask(connection, "GET", DESK)

    def _ask(self, connection: HTTPConnection, method: str, address: str, body: str = "") -> _Form | None:
        for _ in range(3):
            cookies = "; ".join(f"{name}={morsel.coded_value}" for name, morsel in self.cookies.items())
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            content = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie", ()):
                self.cookies.load(line)
            if answer.status != 302:
                break
            method, address, body = "GET", answer.headers["Location"], ""
        if answer.status not in (200, 422):
            self.errors.append(f"{self.name} got status {answer.status} from {method} {address}")
            return None
        return _Form(content)


@contextmanager
def served() -> Iterator[int]:
    """Serve the site as in production, several requests at once, and give the port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    options = ["--workers", "2", "--threads", "8", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    with subprocess.Popen([sys.executable, "-m", "gunicorn", *options, "stancetracker.wsgi"], cwd=ROOT) as server:
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end and server.poll() is None:
                with socket.socket() as connection:
                    if connection.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()


def hire(port: int) -> list[Analyst]:
    """Ten accounts of the group analyst, each signed in."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.test import Client

    hired = []
    for number in range(ANALYSTS):
        user = get_user_model().objects.create_user(f"analyst-{number}", is_staff=True)
        user.groups.add(Group.objects.get(name="analyst"))
        client = Client()
        client.force_login(user)
        hired.append(Analyst(user.get_username(), client.cookies, port, random.Random(number)))
    return hired


def wrong_in_the_log(analysts: list[Analyst]) -> Iterator[str]:
    """What the log lacks or has too much of, beside what ``analysts`` were told, in words."""
    from django.db.models import Max

    from claims.models import Judgement, Stance

    for analyst in analysts:
        rows = Judgement.objects.filter(user__username=analyst.name).values_list("decision", "undoes")
        logged = Counter(decision if undone is None else "taken back" for decision, undone in rows)
        if logged != analyst.told:
            yield f"{analyst.name} was told {dict(analyst.told)}, and the log has {dict(logged)}"
    latest = Judgement.objects.filter(user__username__startswith="analyst-").values("stance").annotate(last=Max("pk"))
    for judgement in Judgement.objects.filter(pk__in=latest.values("last")).select_related("stance"):
        expected = Stance.State.PENDING if judgement.decision == "reopened" else judgement.decision
        if judgement.stance.state != expected:
            yield f"stance {judgement.stance_id} is {judgement.stance.state}, and was last {judgement.decision}"


def work(seconds: float) -> int:
    """Let them work for so long, print what came of it, and give the exit status."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("make_stances", "--stances", str(STANCES), "--actors", str(ACTORS), stdout=sys.stderr)
    with served() as port:
        analysts = hire(port)
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=analyst.work, args=[until]) for analyst in analysts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    wrong = [error for analyst in analysts for error in analyst.errors] + list(wrong_in_the_log(analysts))
    told = sum((analyst.told for analyst in analysts), Counter[str]())
    met = sum(analyst.conflicts for analyst in analysts)
    sys.stdout.write(f"{told.total():,} decisions, all in the log: {dict(told)}\n" if not wrong else "")
    sys.stdout.write(f"{met:,} times somebody else had been quicker, and was shown\n")
    for each in wrong:
        sys.stdout.write(f"wrong: {each}\n")
    return 1 if wrong or not told else 0


def main() -> int:
    """Give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.analysts", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they work (default: %(default)s)")
    seconds: float = parser.parse_args().seconds
    os.environ["DJANGO_SETTINGS_MODULE"] = "stancetracker.settings"
    with tempfile.TemporaryDirectory(prefix="stancetracker-analysts-") as folder:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'stances.sqlite3'}"
        return work(seconds)


if __name__ == "__main__":
    sys.exit(main())
