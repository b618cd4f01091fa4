"""Readers for tests: what a capture does to the process that reads it is written in its bytes."""

import ctypes
import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.article import Article, Capture, Form, Outlet, Publication, TextSource
from pipelines.errors import NoArticle


def capture(number: int, what: str = "") -> Capture:
    return Capture("test", f"capture {number}", Form.TEXT, f"{number} {what}".encode())


@dataclass(frozen=True)
class Obedient:
    """Reads "<number> <deed>" and does the deed; the article says by which process it was read."""

    marks: Path | None = None  # a folder where deeds done once leave their mark

    def prepare(self) -> None:
        """Load nothing."""

    def article(self, capture: Capture) -> Article:
        number, _, deed = capture.content.decode().rstrip().partition(" ")
        if deed:
            getattr(self, deed)(number)
        return _article(int(number))

    def refuse(self, number: str) -> None:
        raise NoArticle(f"reading capture {number}: nothing in it")

    def stumble(self, number: str) -> None:
        raise ValueError("a fault of ours")

    def leave(self, number: str) -> None:
        os._exit(3)

    def crash(self, number: str) -> None:
        ctypes.string_at(0)

    def loop(self, number: str) -> None:
        re.match(r"(a+)+$", "a" * 64 + "b")  # in C, and never done

    def wait(self, number: str) -> None:
        time.sleep(60)

    def doze(self, number: str) -> None:
        time.sleep(0.2)

    def grow(self, number: str) -> None:
        assert b"\x01" * 400_000_000  # all of it touched

    def take_all(self, number: str) -> None:
        bytearray(1 << 40)

    def be_killed_once(self, number: str) -> None:
        assert self.marks is not None
        mark = self.marks / number
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    def end_the_nursery_once(self, number: str) -> None:
        assert self.marks is not None
        mark = self.marks / number
        if not mark.exists():
            mark.touch()
            os.kill(os.getppid(), signal.SIGKILL)


@dataclass(frozen=True)
class Unloadable(Obedient):
    """Cannot be prepared."""

    def prepare(self) -> None:
        sys.exit("not today")


def _article(number: int) -> Article:
    return Article(
        article_id=number,
        outlet=Outlet("test", "Test"),
        url="",
        title=f"read by {os.getpid()}",
        text="",
        zones=(),
        raw_text="",
        language="",
        publication=Publication(),
        text_source=TextSource.FILE,
        content_hash=0,
        text_hash=0,
        n_words=0,
    )
