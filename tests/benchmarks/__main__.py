"""Measures the site beside bare Django views, in the same run, and prints a table.

    python -m tests.benchmarks [--seconds 2] [--rounds 5] [--quick]
    python -m tests.benchmarks profile [--minutes 10]
    python -m tests.benchmarks content [--lessons 1000]

Rounds alternate between the bare view and the site, so that what else the machine does meets both;
a ratio is the median over the rounds. wrk must be there: apt-get install wrk.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.answering import AT_ONCE, all_at_once, answering_cases, stored_answers
from tests.benchmarks.class_profile import LEARNERS, run_profile
from tests.benchmarks.content import LESSONS, measure_content
from tests.benchmarks.reading import LESSON, Case, fetched, reading_cases
from tests.benchmarks.servers import Pair, both_servers
from tests.benchmarks.wrk import MissingWrkError, Round, measure, require_wrk
from tests.postgresql import NoServerError, temporary_cluster

HEAD = f"{'':42} {'requests/s':>10} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'ratio':>6}  target"
ANSWERERS_A_ROUND = 120
WARM_VISITS = 100
HOUR = 3600
MOST_MS_AT_ONCE, MOST_MS_OF_CLASS = 50, 100


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; return 2 when there is nothing to measure with."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("what", nargs="?", choices=["table", "profile", "content"], default="table")
    parser.add_argument("--seconds", type=float, default=2, help="of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="two rounds of a second")
    parser.add_argument("--minutes", type=float, default=10, help="of the profile")
    parser.add_argument("--learners", type=int, default=LEARNERS, help="in the profile")
    parser.add_argument("--lessons", type=int, default=LESSONS, help="of the large course")
    options = parser.parse_args(arguments)
    if options.what == "content":
        with temporary_folder() as folder:
            measure_content(folder, lessons=options.lessons, say=say)
        return 0
    if options.what == "profile":
        return profile(minutes=options.minutes, learners=options.learners)
    seconds, rounds = (1, 2) if options.quick else (options.seconds, options.rounds)
    try:
        require_wrk()
    except MissingWrkError as error:
        say(str(error))
        return 2
    measure_on("SQLite", "", seconds=seconds, rounds=rounds)
    try:
        with temporary_cluster(survives_power_cut=True) as address:
            measure_on("PostgreSQL", address, seconds=seconds, rounds=rounds)
    except NoServerError as error:
        say(f"\nPostgreSQL is left out: {error}")
    return 0


def measure_on(name: str, database: str, *, seconds: float, rounds: int) -> None:
    """Print the whole table for one database, on servers of its own."""
    say(f"\n{name}: 2 workers, 16 connections, {rounds} rounds of {seconds:g} s\n\n{HEAD}")
    learners = 1 + AT_ONCE + ANSWERERS_A_ROUND * rounds
    with (
        temporary_folder() as folder,
        both_servers(folder, learners=learners, database=database) as pair,
    ):
        table(pair, seconds=seconds, rounds=rounds)


def table(pair: Pair, *, seconds: float, rounds: int) -> None:
    """Print what reading and answering cost on one pair of servers."""
    reading = reading_cases(pair)
    for _ in range(WARM_VISITS):  # both workers make each page first, for newcomers in each order
        fetched(pair.port, LESSON, "")
        fetched(pair.port, LESSON, pair.learners[0]["cookie"])
    lasts = len(reading) * (seconds + 1)
    begun = (cases_within_an_hour(pair, lasts) for _ in range(rounds))
    print_rows(reading, [[run(pair, case, seconds) for case in cases] for cases in begun])
    answering = [answering_cases(pair, part, rounds) for part in range(rounds)]
    print_rows(answering[0], [[run(pair, case, seconds) for case in part] for part in answering])
    times, acknowledged = all_at_once(pair)
    stored = stored_answers(pair)
    p50, p95, p99 = percentiles(times)
    say(f"{f'{AT_ONCE} answers at one moment':42} {'':10} {p50:8.1f} {p95:8.1f} {p99:8.1f}")
    say(
        f"  p99 {verdict(p99 < MOST_MS_AT_ONCE)} (under {MOST_MS_AT_ONCE} ms); of {len(times)} "
        f"sent {acknowledged} were acknowledged, {stored} are stored: "
        f"{'none lost' if stored == len(times) == acknowledged else 'LOST'}"
    )


def cases_within_an_hour(pair: Pair, lasts: float) -> list[Case]:
    """Return the cases of a round of so many seconds, once no turn of the hour falls into it.

    What a page says of its reader may change with the hour, and so does its tag.
    """
    left = HOUR - time.time() % HOUR
    if left < lasts:
        time.sleep(left + 1)
    return reading_cases(pair)


def run(pair: Pair, case: Case, seconds: float) -> Round:
    """Measure a case for one round; what it left under way is over when this returns."""
    seen = measure(
        case.port,
        case.requests,
        folder=pair.folder,
        seconds=seconds,
        status=case.status,
        repeats=case.repeats,
    )
    time.sleep(0.2 + 3 * seen.p50 / 1000)
    return seen


def print_rows(cases: Sequence[Case], rounds: Sequence[Sequence[Round]]) -> None:
    """Print a row for each case; the first is what the others are compared with."""
    for number, case in enumerate(cases):
        own = [one[number] for one in rounds]
        ratio = median(one[number].rate / one[0].rate for one in rounds)
        figures = [median(getattr(seen, name) for seen in own) for name in ("p50", "p95", "p99")]
        line = f"{case.name:42} {median(seen.rate for seen in own):10.0f}"
        line += "".join(f" {figure:8.1f}" for figure in figures) + f" {ratio:6.2f}"
        if case.target is not None:
            line += f"  {case.target} {verdict(ratio >= case.target)}"
        faults = sum(seen.refused + seen.broken for seen in own)
        say(line + (f"  {faults} NOT ANSWERED" if faults else "") + spent(own))


def spent(rounds: Sequence[Round]) -> str:
    """Say so when a round ended for want of requests, and so measured repetitions."""
    return "  (some sent twice)" if any(seen.spent for seen in rounds) else ""


def verdict(is_reached: bool) -> str:
    """Return the word for a target."""
    return "reached" if is_reached else "MISSED"


def percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    """Return the median, the 95th and the 99th percentile."""
    cuts = quantiles(times, n=100)
    return cuts[49], cuts[94], cuts[98]


def profile(*, minutes: float, learners: int) -> int:
    """Print what a class of learners meets that works for some minutes, with time to think."""
    with (
        temporary_folder() as folder,
        both_servers(folder, learners=learners, all_have_begun=True) as pair,
    ):
        say(f"{learners} learners for {minutes:g} min on SQLite, 2 workers; they think 4 to 16 s")
        seen = asyncio.run(run_profile(pair, seconds=minutes * 60, learners=learners))
    everything = [taken for one in seen for taken in one.times]
    failed = sum(one.failed for one in seen)
    for name, times in [*((one.kind, one.times) for one in seen), ("all", everything)]:
        if len(times) > 1:
            p50, p95, p99 = percentiles(times)
            say(f"{name:42} {len(times):10} {p50:8.1f} {p95:8.1f} {p99:8.1f}")
    p95 = percentiles(everything)[1]
    say(
        f"p95 {verdict(p95 < MOST_MS_OF_CLASS)} (under {MOST_MS_OF_CLASS} ms), {failed} errors; "
        f"the longest took {max(everything):.0f} ms"
    )
    return 0


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="checkmark-benchmark-") as name:
        yield Path(name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
