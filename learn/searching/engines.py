"""READ: the full-text engines of SQLite and PostgreSQL behind one interface."""

import json
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.models.expressions import RawSQL

from learn.models import Lesson
from learn.searching.query import Query, Term


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that answers a query; the higher the score, the better."""

    entry: int
    score: float


class Engine(ABC):
    """What the site asks of a full-text engine."""

    AMONG: str
    END = ""

    def matches(
        self,
        query: Query,
        *,
        kind: str,
        most: int,
        among: Collection[int] | None = None,
        in_headings: bool = False,
    ) -> list[Match]:
        """Return up to ``most`` entries of ``kind`` that answer ``query``, in no order.

        They are of lessons that learners may see. With ``among`` only these entries count; with
        ``in_headings`` the words must stand in titles and headings. A query with nothing wanted
        finds nothing.
        """
        if query.is_empty:
            return []
        sql, values = self._search(query, kind=kind, in_headings=in_headings)
        is_on_site, statuses = _is_on_site()
        sql += f" AND {is_on_site}"
        values += statuses
        if among is not None:
            sql += self.AMONG
            values.append(self._rows(among))
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT %s{self.END}", [*values, most])
            return [Match(*row) for row in cursor.fetchall()]

    @abstractmethod
    def _search(
        self, query: Query, *, kind: str, in_headings: bool
    ) -> tuple[str, list[str | int | list[int]]]:
        """Return a statement that gives number and score of an ``entry``, and its values.

        A condition and a limit may follow it, and then ``END``.
        """

    @abstractmethod
    def _rows(self, entries: Collection[int]) -> str | list[int]:
        """Return entries as the value of the condition ``AMONG``."""


class SqliteEngine(Engine):
    """FTS5, ranked by BM25: a hit in a title weighs 10 times one in the text, in a heading 6.

    FTS5 counts how rare each word is before it ranks, which for a phrase of common words takes most
    of the time. Of a single term that counts alike for every entry, so there it is left out.
    """

    SEARCH = (
        "SELECT entry.id, {score} FROM learn_searchindex JOIN learn_searchentry entry "
        "ON entry.id = learn_searchindex.rowid WHERE learn_searchindex MATCH %s"
    )
    SCORE = "-bm25(learn_searchindex, 0.0, 10.0, 6.0, 1.0)"
    # The same of one term: BM25 with k1 = 1.2 and b = 0.75 as FTS5 has it (sqlite.org/fts5.html,
    # "The bm25() function"), an average section being taken for 400 letters long.
    SCORE_OF_ONE = "1.0 / (1.0 + (0.3 + 0.9 * length(entry.text_words) / 400.0) / max({hits}, 0.1))"
    HITS = "(length({text}) - length(replace({text}, %s, ''))) / length(%s)"
    WEIGHTS = (("title_words", 10.0), ("heading_words", 6.0), ("text_words", 1.0))
    AMONG = " AND learn_searchindex.rowid IN (SELECT value FROM json_each(%s))"
    HEADINGS = "title_words heading_words"
    EVERYWHERE = f"{HEADINGS} text_words"

    def _search(
        self, query: Query, *, kind: str, in_headings: bool
    ) -> tuple[str, list[str | int | list[int]]]:
        """See ``Engine``."""
        expression = self.expression(query, kind=kind, in_headings=in_headings)
        if len(query.wanted) > 1:
            return self.SEARCH.format(score=self.SCORE), [expression]
        score, values = self._score_of_one(query.wanted[0])
        return self.SEARCH.format(score=score), [*values, expression]

    def _score_of_one(self, term: Term) -> tuple[str, list[str]]:
        """Return what gives the score of an entry with this term, and its values."""
        found = [f" {form} " for form in term.forms or (" ".join(term.words),)]
        if term.is_open:
            start = found[0].rstrip()
            found = [start, *(form for form in found if not form.startswith(start))]
        hits, values = [], list[str]()
        for column, weight in self.WEIGHTS:
            counted = [self.HITS.format(text=f"(' ' || entry.{column} || ' ')") for _ in found]
            hits.append(f"{weight} * ({' + '.join(counted)})")
            values += [words for each in found for words in (each, each)]
        return self.SCORE_OF_ONE.format(hits=" + ".join(hits)), values

    def _rows(self, entries: Collection[int]) -> str:
        """See ``Engine``."""
        return json.dumps(list(entries))

    def expression(self, query: Query, *, kind: str, in_headings: bool) -> str:
        """Return the query in FTS5's language; words are letters and digits, so none needs care."""
        joint = " OR " if query.takes_any else " AND "
        wanted = joint.join(self._term(term) for term in query.wanted)
        columns = self.HEADINGS if in_headings else self.EVERYWHERE
        found = f'(kind : "{kind}" AND {{{columns}}} : ({wanted}))'
        if not query.unwanted:
            return found
        unwanted = " OR ".join(self._term(term) for term in query.unwanted)
        return f"{found} NOT ({{{self.EVERYWHERE}}} : ({unwanted}))"

    def _term(self, term: Term) -> str:
        """Return one term; a star after the quotes opens its last word."""
        star = " *" if term.is_open else ""
        first, *others = term.forms or (" ".join(term.words),)
        return "(" + " OR ".join([f'"{first}"{star}', *(f'"{form}"' for form in others)]) + ")"


class PostgresqlEngine(Engine):
    """``tsvector`` with a GIN index, ranked by cover density; weights as those of FTS5."""

    # The planner must not see the words: of a phrase of common ones it expects many hits, and would
    # read the whole table instead of the index.
    SEARCH = (
        "WITH wanted AS MATERIALIZED (SELECT to_tsquery('simple', %s) AS query) "
        "SELECT id, "
        "ts_rank_cd('{{0.1, 0.1, 0.6, 1.0}}', vector, (SELECT query FROM wanted), 1) FROM ("
        "SELECT id, vector FROM learn_searchentry entry "
        "WHERE {column} @@ (SELECT query FROM wanted){outside} AND kind = %s"
    )
    OUTSIDE = " AND NOT vector @@ to_tsquery('simple', %s)"
    AMONG = " AND id = ANY(%s)"
    END = ") found"

    def _search(
        self, query: Query, *, kind: str, in_headings: bool
    ) -> tuple[str, list[str | int | list[int]]]:
        """See ``Engine``."""
        sql = self.SEARCH.format(
            column="headings" if in_headings else "vector",
            outside=self.OUTSIDE if query.unwanted else "",
        )
        outside = " | ".join(self._term(term) for term in query.unwanted)
        return sql, [self.wanted(query), *([outside] if outside else []), kind]

    def _rows(self, entries: Collection[int]) -> list[int]:
        """See ``Engine``."""
        return list(entries)

    def wanted(self, query: Query) -> str:
        """Return what is looked for in the language of ``to_tsquery``."""
        joint = " | " if query.takes_any else " & "
        return joint.join(self._term(term) for term in query.wanted)

    def _term(self, term: Term) -> str:
        """Return one term; a star opens its last word."""
        star = ":*" if term.is_open else ""
        if term.forms:
            first, *others = term.forms
            return "(" + " | ".join([f"'{first}'{star}", *(f"'{form}'" for form in others)]) + ")"
        *before, last = term.words
        return "(" + " <-> ".join([*(f"'{word}'" for word in before), f"'{last}'{star}"]) + ")"


def engine() -> Engine:
    """Return the engine of the site's database."""
    return PostgresqlEngine() if connection.vendor == "postgresql" else SqliteEngine()


@cache
def _is_on_site() -> tuple[str, list[str]]:
    """Return the condition that learners may see the lesson of an ``entry``, and its values."""
    lessons = Lesson.objects.published().filter(pk=RawSQL("entry.lesson_id", ()))
    sql, values = lessons.values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", list(values)
