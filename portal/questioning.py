"""The portal asked for what it must not say: `archive-portal question`, a part of `archive-indexer audit`.

The application itself is asked, in this process and never over the network, on every route it declares and in both
languages. What must not be known has to be answered as what has never existed: the same status, headers and body.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import click
from flask import Flask
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from access_policy.parameters import COMPLAINTS, DECIDING_OFFICE, DECIDING_OFFICE_EN
from access_policy.rules import RULES
from indexer.text.tokens import fold_tokens
from portal import assets, i18n
from portal.app import create_app
from portal.settings import PortalSettings
from portal.viewer.pages import SIZES

RECORD, PAGE, SIZE, CASE = "record_id", "number", "size", "case_id"
NO_CASE = "0" * 32
"""The id of a case that nobody has."""

ASKED_ABOUT = "record"
"""Where a route takes the record it is about in its query and not in its path."""

WITH_RECORD_IN_QUERY = frozenset({"requests.add", "requests.add_line"})
OWN_FILES = frozenset({"static"})
"""Endpoints that answer with files of the site and know no records."""

OF_READERS = ("accounts.", "requests.")
"""Endpoints of signing in, of a reader's own account and requests: those that declare no action know no records either,
and say what is drawn anew each time.
"""

_LETTERS, _DIGITS = "qxzjwvk", "0123456789"
_RANDOM = re.compile(rb"\b[0-9a-f]{8,}\b")
"""What may differ between two answers to the same question: the reference of an error, a token of a form."""


class Questions(BaseModel):
    """What comes in: ids to be answered as if they had never existed (`withheld` too), ids of which only that they are
    there may be said, pages that may not be shown, and folded words that stand only in what may not be known.
    """

    model_config = ConfigDict(frozen=True)

    hidden: tuple[str, ...] = ()
    acknowledged: tuple[str, ...] = ()
    closed_pages: tuple[tuple[str, int], ...] = ()
    words: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """One wrong answer, or a route that cannot be questioned (`unknown`): where, and about what, without content."""

    route: str
    record_id: str = ""
    page: int = 0
    unknown: bool = False


@dataclass
class Answers:
    """What goes out: how often each route was asked, and what it answered wrongly."""

    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)


class PortalSilent(Exception):
    """The portal could not answer, so that nothing can be said of it."""


def question(app: Flask, questions: Questions) -> Answers:
    """Ask every route of an application. Raises PortalSilent when it cannot serve."""
    for limiter in app.extensions.get("limiter", ()):
        limiter.enabled = False
    return _Questioning(app).answers(questions)


class _Questioning:
    """One application and its answers so far."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=False)
        host = next(iter(app.config["TRUSTED_HOSTS"] or ()), "localhost").lstrip(".")
        self._address = f"https://{host}"
        self._urls = app.url_map.bind(host, url_scheme="https")
        self._found = Answers()
        rules = [rule for rule in app.url_map.iter_rules() if _may_know_records(app, rule)]
        self._found.wrong += [Wrong(rule.endpoint, unknown=True) for rule in rules if not _can_be_asked(rule)]
        routes = [_Route(rule, method) for rule in rules if _can_be_asked(rule) for method in _methods(rule)]
        self._on_records = [route for route in routes if route.about_records]
        self._others = [route for route in routes if not route.about_records]

    def answers(self, questions: Questions) -> Answers:
        for record_id in dict.fromkeys((*questions.hidden, *questions.withheld)):
            self._hidden(record_id)
        telling = frozenset(questions.words) - _own_words()
        at_records = [route for route in self._on_records if RECORD in route.arguments]
        for record_id in questions.acknowledged:
            self._closed(at_records, record_id, 1, telling)
        on_pages = [route for route in self._on_records if PAGE in route.rule.arguments]
        for record_id, number in questions.closed_pages:
            self._closed(on_pages, record_id, number, telling)
        for word in questions.words:
            self._word(self._others, word)
        for (record_id, number), word in zip(questions.closed_pages, cycle(questions.words or [""]), strict=False):
            self._word([route for route in self._on_records if word], word, record_id, number)
        return self._found

    def _hidden(self, record_id: str) -> None:
        never = _never(record_id)
        for route, values in _fillings(self._on_records, record_id, 1):
            changed = dict.fromkeys({RECORD, ASKED_ABOUT} & values.keys(), never)
            self._compare(route, (values, changed, ""), (record_id, never), Wrong(route.name, record_id))

    def _word(self, routes: list["_Route"], word: str, record_id: str = "", number: int = 1) -> None:
        never = _never(word)
        for route, values in _fillings(routes, record_id, number):
            self._compare(route, (values, {}, word), (word, never), Wrong(route.name, record_id))

    def _closed(self, routes: list["_Route"], record_id: str, number: int, telling: frozenset[str]) -> None:
        """It may be said that it is closed, and nothing of what stands in it."""
        for route, values in _fillings(routes, record_id, number):
            answer = self._ask(route, values)
            image = (answer.mimetype or "").startswith("image/")
            if answer.status_code < 400 or image or telling.intersection(fold_tokens(answer.text)):
                self._found.wrong.append(Wrong(route.name, record_id, number))

    def _compare(
        self, route: "_Route", asked: tuple[dict[str, Any], dict[str, str], str], names: tuple[str, str], wrong: Wrong
    ) -> None:
        """Ask for the one and for what has never existed; the answers may differ in nothing but these names."""
        values, changed, word = asked
        answer = self._ask(route, values, word)
        nothing = self._ask(route, values | changed, names[1] if word else "")
        if _told(answer, names) == _told(nothing, names):
            return
        again = self._ask(route, values | changed, names[1] if word else "")
        at_random = _told(nothing, names) != _told(again, names)
        if not at_random or _told(answer, names, _RANDOM) != _told(nothing, names, _RANDOM):
            self._found.wrong.append(wrong)

    def _ask(self, route: "_Route", values: dict[str, Any], word: str = "") -> TestResponse:
        self._found.asked[route.name] += 1
        query = {"q": word} if word else {}
        path = self._urls.build(route.name, values | query, method=route.method)
        answer = self._client.open(path, base_url=self._address, method=route.method)
        if answer.status_code >= 500:
            raise PortalSilent(f"the portal answered {answer.status_code} on its route {route.name}")
        return answer


class _Route(NamedTuple):
    """One way of asking one rule of the application."""

    rule: Rule
    method: str

    @property
    def name(self) -> str:
        return str(self.rule.endpoint)

    @property
    def arguments(self) -> frozenset[str]:
        """What has to be filled in, in path or query."""
        in_query = {ASKED_ABOUT} if self.name.removeprefix("en.") in WITH_RECORD_IN_QUERY else set()
        return frozenset(self.rule.arguments | in_query)

    @property
    def about_records(self) -> bool:
        """Whether it is asked about one record."""
        return not self.arguments.isdisjoint({RECORD, ASKED_ABOUT})


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _may_know_records(app: Flask, rule: Rule) -> bool:
    of_readers = str(rule.endpoint).removeprefix("en.").startswith(OF_READERS)
    acts = getattr(app.view_functions[rule.endpoint], "declared_action", None) is not None
    return rule.endpoint not in OWN_FILES and (acts or not of_readers)


def _can_be_asked(rule: Rule) -> bool:
    return rule.arguments <= {RECORD, PAGE, SIZE, CASE}


def _fillings(routes: list[_Route], record_id: str, number: int) -> Iterator[tuple[_Route, dict[str, Any]]]:
    """Every way of asking these routes for a page of a record: each size where there are sizes."""
    values: dict[str, Any] = {RECORD: record_id, ASKED_ABOUT: record_id, PAGE: number, CASE: NO_CASE}
    for route in routes:
        own = {name: value for name, value in values.items() if name in route.arguments}
        for size in SIZES if SIZE in route.rule.arguments else [""]:
            yield route, own | ({SIZE: size} if size else {})


def _told(answer: TestResponse, names: tuple[str, str], besides: re.Pattern[bytes] | None = None) -> tuple[object, ...]:
    """An answer without its date, and without the names it was asked by."""
    headers = sorted((name, _without(value.encode(), names)) for name, value in answer.headers if name != "Date")
    body = _without(answer.data, names)
    return answer.status_code, headers, besides.sub(b"#", body) if besides else body


def _without(text: bytes, names: tuple[str, str]) -> bytes:
    for name in names:
        text = text.replace(name.encode(), b"\0")
    return text


def _never(name: str) -> str:
    """A name of the same length that nothing has: letters that stand in no word, digits, and the same signs."""
    digest = cycle(blake2b(name.encode()).digest())
    return "".join(_instead(letter, next(digest)) for letter in name)


def _instead(letter: str, number: int) -> str:
    if letter.isdigit():
        return _DIGITS[number % len(_DIGITS)]
    return _LETTERS[number % len(_LETTERS)] if letter.isalpha() else letter


def _own_words() -> frozenset[str]:
    """The words of the portal itself: on a page of it they tell nothing of a record."""
    files = (*assets.folder("templates").rglob("*.html"), *i18n.CATALOGUES.glob("*.po"))
    cited = (text for rule in RULES for text in (rule.citation.text, rule.citation.article, rule.citation.text_en))
    texts = [rule.words for rule in RULES] + [rule.words_en for rule in RULES]
    office = (DECIDING_OFFICE, DECIDING_OFFICE_EN, COMPLAINTS.text, COMPLAINTS.text_en)
    said = (*(file.read_text(encoding="utf-8") for file in files), *cited, *texts, *office)
    return frozenset(word for text in said for word in fold_tokens(text))


@click.command("question")
def command() -> None:
    """Ask the portal for what it must not say. Reads JSON and writes JSON; `archive-indexer audit` calls it.

    Exit codes: 0 it was asked (wrong answers are in the output), 1 it could not be asked.
    """
    try:
        questions = Questions.model_validate_json(sys.stdin.buffer.read())
        with tempfile.TemporaryDirectory(prefix="archive-question-") as folder:
            # Readers' questions belong into the access log; these do not.
            settings = PortalSettings().model_copy(update={"access_log_dir": Path(folder)})
            answers = question(create_app(settings), questions)
    except ValidationError as error:
        _fail(f"{error.title}: {'; '.join(_said(each) for each in error.errors())}")
    except PortalSilent as error:
        _fail(str(error))
    click.echo(TypeAdapter(Answers).dump_json(answers))


def _said(error: Any) -> str:
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


def _fail(message: str) -> NoReturn:
    click.echo(f"failed: {message}", err=True)
    sys.exit(1)
