"""Worker processes: what comes out is what comes in, in its order, whatever a capture does."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from pipelines.article import Article, Capture, Fetch, SourceKind
from pipelines.config import ReadingConfig
from pipelines.errors import CaptureError, NoArticle, Quarantined, WorkersLost
from pipelines.reading.read import Read
from pipelines.reading.workers import AHEAD, Workers
from tests.reading.poison import Obedient, Unloadable, capture

_ROOT = Path(__file__).resolve().parents[2]
_TWO = ReadingConfig(processes=2, megabytes=300)


def all_wanted(capture: Capture) -> bool:
    return True


@pytest.fixture
def read():
    """Return a function that reads captures in workers and returns what came of each."""

    def read(stream, config=_TWO, reader=None):
        with Workers(reader or Obedient(), config) as workers:
            items = workers.read(stream, all_wanted)
            return [item.article() if isinstance(item, Read) else item for item in items]

    return read


def pids(results) -> set[str]:
    return {result.title for result in results if isinstance(result, Article)}


def numbers(results) -> list[object]:
    """Return the number of each article, and of what is none its class."""
    return [
        result.article_id if isinstance(result, Article) else type(result) for result in results
    ]


def gone(pid: int) -> bool:
    """Return whether a process has ended, be it that nobody has asked after it yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def wait_until(true, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_order_is_kept_though_some_captures_take_longer(read):
    captures = [capture(n, "doze" if n % 40 == 0 else "") for n in range(200)]
    results = read(captures)
    assert numbers(results) == list(range(200))
    assert len(pids(results)) == 2


def test_fetches_stay_between_their_captures(read):
    fetch = Fetch("test", SourceKind.JSONL, "a.jsonl")
    results = read([fetch, capture(1), fetch, capture(2), capture(3), fetch])
    assert [result is fetch or result == fetch for result in results] == [
        *(True, False, True, False, False, True)
    ]


def test_an_empty_stream_needs_no_worker(read):
    assert read([]) == []


def test_what_has_no_article_says_why(read):
    (result,) = read([capture(1, "refuse")])
    assert isinstance(result, NoArticle)
    assert str(result) == "reading capture 1: nothing in it"


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("loop", "takes more than 0.1 seconds of processor time"),
        ("wait", "takes more than 1 seconds by the clock"),
        ("grow", "takes more than 300 MB of memory"),
        ("take_all", "takes more than 300 MB of memory"),
        ("leave", "ended the process that read it, twice, with exit code 3"),
        ("crash", "twice, with signal 11"),
        ("stumble", "twice, with exit code 1"),
    ],
)
def test_a_poisonous_capture_is_quarantined_and_no_other_is(read, deed, why):
    captures = [capture(n, deed if n == 20 else "") for n in range(60)]
    seconds = 0.1 if "seconds" in why else 60.0
    results = read(captures, replace(_TWO, seconds=seconds))
    assert numbers(results) == [*range(20), Quarantined, *range(21, 60)]
    assert why in str(results[20])
    assert str(results[20]).startswith("reading capture 20: ")


def test_the_limit_of_memory_is_beyond_what_a_worker_starts_with(read):
    assert numbers(read([capture(1)], ReadingConfig(processes=1, megabytes=5))) == [1]


def test_a_fault_of_ours_is_printed_as_python_prints_it(read, capfd):
    read([capture(1, "stumble")])
    assert capfd.readouterr().err.count("ValueError: a fault of ours") == 2


def test_captures_on_both_sides_of_a_poisonous_one_may_be_poisonous_too(read):
    captures = [capture(n, "leave" if n in (3, 4, 5) else "") for n in range(8)]
    assert numbers(read(captures)) == [0, 1, 2, Quarantined, Quarantined, Quarantined, 6, 7]


def test_a_worker_killed_from_outside_costs_no_capture(read, tmp_path):
    captures = [capture(n, "be_killed_once" if n % 10 == 5 else "") for n in range(60)]
    assert numbers(read(captures, reader=Obedient(tmp_path))) == list(range(60))
    assert len(list(tmp_path.iterdir())) == 6


def test_a_nursery_killed_from_outside_costs_no_capture(read, tmp_path):
    captures = [capture(n, "end_the_nursery_once" if n == 5 else "") for n in range(100)]
    config = ReadingConfig(processes=2, renew_after=20)
    assert numbers(read(captures, config, Obedient(tmp_path))) == list(range(100))


def test_workers_that_cannot_be_had_are_an_error_that_says_what_to_do(read):
    with pytest.raises(WorkersLost, match="set `processes = 0`"):
        read([capture(1)], reader=Unloadable())


def test_workers_are_renewed(read):
    results = read(map(capture, range(100)), ReadingConfig(processes=1, renew_after=30))
    assert numbers(results) == list(range(100))
    assert len(pids(results)) == 4


def test_without_a_number_workers_are_not_renewed(read):
    results = read(map(capture, range(100)), ReadingConfig(processes=1, renew_after=0))
    assert len(pids(results)) == 1


def test_a_capture_larger_than_any_buffer_comes_through(read):
    captures = [capture(n, " " * 5_000_000) for n in range(4)]
    assert numbers(read([*captures, capture(4)], ReadingConfig(processes=2))) == [0, 1, 2, 3, 4]


def test_the_stream_is_asked_for_a_bounded_number_ahead():
    taken = count()
    stream = (capture(next(taken)) for _ in iter(int, 1))  # endless
    with Workers(Obedient(), _TWO) as workers:
        items = workers.read(stream, all_wanted)
        for _ in range(10):
            next(items).article()
        assert next(taken) <= 10 + 2 * AHEAD


_LOADED = """
import sys
import pipelines.reading.nursery
print("numpy" in sys.modules)
from pipelines.outlets import read_outlets
from pipelines.reading.reader import Reader
Reader(read_outlets(())).prepare()
print("trafilatura" in sys.modules, {"deltalake", "duckdb", "pandas"} & set(sys.modules))
"""


def test_a_nursery_loads_numpy_after_it_has_set_its_threads_and_never_the_store():
    words = [sys.executable, "-c", _LOADED]
    printed = subprocess.run(words, cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    assert printed.split("\n") == ["False", "True set()", ""]


def test_what_is_known_is_read_only_when_asked():
    with Workers(Obedient(), _TWO) as workers:
        stream = [capture(n, "leave" if n < 5 else "") for n in range(10)]
        items = list(workers.read(stream, lambda capture: b"leave" not in capture.content))
        assert numbers(item.article() for item in items[5:]) == [5, 6, 7, 8, 9]
        assert isinstance(items[0].article(), CaptureError)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_error_of_who_uses_them_ends_workers_at_once(error):
    read_by: set[int] = set()

    def use() -> None:
        with Workers(Obedient(), ReadingConfig(processes=2)) as workers:
            stream = [capture(1), capture(2), capture(3, "wait"), capture(4, "wait")]
            items = workers.read(stream, all_wanted)
            read_by.update(int(next(items).article().title.split()[-1]) for _ in range(2))
            assert not any(map(gone, read_by))
            raise error

    with pytest.raises(error):
        use()
    assert all(wait_until(lambda pid=pid: gone(pid), seconds=5) for pid in read_by)


# A shell that starts us in the background has SIGINT ignored, which children inherit.
_RUN = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pipelines.config import ReadingConfig
from pipelines.reading.workers import Workers
from tests.reading.poison import Obedient, capture
with Workers(Obedient(), ReadingConfig(processes=2)) as workers:
    stream = [capture(n) for n in range(8)] + [capture(n, "loop") for n in (8, 9)]
    for item in workers.read(stream, lambda capture: True):
        print(item.article().title.split()[-1], flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_do_not_outlive_a_main_process_that_is_killed(how):
    run = subprocess.Popen(
        [sys.executable, "-c", _RUN],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with run:
        assert run.stdout is not None
        read_by = {int(run.stdout.readline()) for _ in range(8)}
        time.sleep(0.1)  # now both are in an endless search
        assert not any(map(gone, read_by))
        run.send_signal(how)
        assert all(wait_until(lambda pid=pid: gone(pid)) for pid in read_by)
