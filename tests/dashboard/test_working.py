"""Work that goes on beside the page: its result or its error comes to whoever asks in the end."""

import threading

import pytest

from dashboard.controls.working import Progress, Work
from pipelines.errors import StoreBusy


def test_work_begins_at_once_and_its_result_is_there_for_who_comes_late():
    done = threading.Event()

    def do(progress: Progress) -> str:
        progress(1, 2)
        done.set()
        return "tagged"

    work = Work(do)
    assert done.wait(10)
    assert work.result() == work.result() == "tagged"


def test_what_work_raises_reaches_who_asks_for_its_result():
    def do(progress: Progress) -> None:
        raise StoreBusy("another run is writing")

    with pytest.raises(StoreBusy, match="another run"):
        Work(do).result()
