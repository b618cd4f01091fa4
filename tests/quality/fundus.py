"""Read fundus' test pages with what its own parsers find in them: a folder in, pages out."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class FundusPage:
    """One page: its file's name, publisher, bytes, address, day of crawl ("": unknown) and gold."""

    name: str
    outlet: str
    content: bytes
    url: str
    crawled: str
    gold: Mapping[str, Any]


def fundus_gold(folder: Path) -> Iterator[FundusPage]:
    """Yield the pages in the order of their names; versions pair with files in order of dates.

    Outlets with more files than versions, or fewer, are left out: which is whose is not known.
    """
    for truth in sorted(folder.glob("*/*.json")):
        info = json.loads((truth.parent / "meta.info").read_text("utf-8"))
        named = re.compile(rf"{re.escape(truth.stem)}_\d{{4}}_\d\d_\d\d\.html\.gz")
        files = sorted(p for p in truth.parent.glob("*.html.gz") if named.fullmatch(p.name))
        versions = sorted(json.loads(truth.read_text("utf-8")).items())
        if len(files) != len(versions):
            continue
        for file, (_, gold) in zip(files, versions, strict=True):
            meta = info.get(file.name) or info.get(file.name.removesuffix(".gz")) or {}
            content = gzip.decompress(file.read_bytes())
            url, crawled = meta.get("url", ""), meta.get("crawl_date", "")
            yield FundusPage(file.name, truth.stem, content, url, crawled, gold)
