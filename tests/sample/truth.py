"""What a fresh ingest of the sample must come to, taken down while the files are written."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.sample import planted
from tests.sample.compose import Story

NOT_ASSERTED = "not asserted"
_TALLIED = ("outlet", "country", "language")


class Truth:
    """Collects outcomes by source and one record for each article that must be in the store."""

    def __init__(self) -> None:
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.articles: dict[str, dict[str, Any]] = {}
        self.bad: list[dict[str, str]] = []

    def outcome(self, source: str, name: str, number: int = 1) -> None:
        """Take down how captures of a source end."""
        self.outcomes[source][name] += number

    def problem(self, source: str, where: str, name: str, why: str) -> None:
        """Take down something that cannot be read, and where it stands."""
        self.outcome(source, name)
        self.bad.append({"where": where, "outcome": name, "why": why})

    def stored(
        self,
        source: str,
        story: Story,
        *,
        texts: tuple[str, ...] = (),
        key: str = "",
        day: date | str | None = None,
        precision: str = "instant",
        outlet: str | None = None,
    ) -> None:
        """Take down a new article; `texts` are its counted parts, else headline and paragraphs."""
        self.outcome(source, "stored")
        known = outlet is None
        record = {
            "outlet": outlet or story.outlet.name,
            "country": story.outlet.country if known else "",
            "language": story.outlet.language,
            "source": source,
            "day": day.isoformat() if isinstance(day, date) else day,
            "precision": precision,
            "versions": 1,
            **_counts(texts or (story.title, *story.paragraphs)),
        }
        if story.wire or story.kind == "wire":
            record.update(wire=story.event, copy=story.kind)
        if key:
            record["title"] = story.title  # what it is found by, without an address
        self.articles[key or story.url] = record

    def changed(self, source: str, url: str, outcome: str, texts: tuple[str, ...]) -> None:
        """Take down another version of an article: edited or enriched."""
        self.outcome(source, outcome)
        record = self.articles[url]
        record["versions"] += 1
        record.update(_counts(texts))
        record.setdefault("history", []).append(outcome)

    def as_json(self, extra: dict[str, Any]) -> str:
        """Return the truth as a file of one line per article, sorted, stable."""
        lines = [f" {_compact(k)}: {_compact(v)}" for k, v in {**extra, **self._summary()}.items()]
        rows = [f"  {_compact(k)}: {_compact(v)}" for k, v in sorted(self.articles.items())]
        lines.append(' "records": {\n' + ",\n".join(rows) + "\n }")
        return "{\n" + ",\n".join(lines) + "\n}\n"

    def _summary(self) -> dict[str, Any]:
        totals = sum(self.outcomes.values(), Counter())
        records = list(self.articles.values())
        return {
            "outcomes": dict(sorted(totals.items())),
            "captures": totals.total(),
            "outcomes_by_source": {k: dict(sorted(v.items())) for k, v in self.outcomes.items()},
            "articles": len(records),
            **{f"articles_per_{what}": _tally(records, what) for what in _TALLIED},
            "articles_per_day": _tally([r for r in records if r["precision"] != "month"], "day"),
            "precision": _tally(records, "precision"),
            "versions": _tally(records, "versions"),
            **_planted_totals(records),
            "wire_copies": self._wires(),
            "bad": self.bad,
        }

    def _wires(self) -> dict[str, dict[str, Any]]:
        groups: dict[str, dict[str, Any]] = {}
        for key, record in sorted(self.articles.items()):
            if wire := record.get("wire"):
                group = groups.setdefault(wire, {"original": "", "verbatim": [], "edited": []})
                if record["copy"] == "wire":
                    group["original"] = key
                else:
                    group["verbatim" if record["copy"] == "copy" else "edited"].append(key)
        return dict(sorted(groups.items()))


def _counts(texts: tuple[str, ...]) -> dict[str, Any]:
    return {
        **{topic: planted.count(topic, texts) for topic in planted.TOPICS},
        "countries": planted.countries(texts),
    }


def _planted_totals(records: Sequence[dict[str, Any]]) -> dict[str, dict[str, int]]:
    topics = planted.TOPICS
    return {
        "mentions": {topic: sum(record[topic] for record in records) for topic in topics},
        "articles_with": {topic: sum(record[topic] > 0 for record in records) for topic in topics},
    }


def _tally(records: Sequence[dict[str, Any]], what: str) -> dict[str, int]:
    """Return how many records have which value; "" stands for unknown or undated."""
    counted = Counter("" if record[what] is None else str(record[what]) for record in records)
    return dict(sorted(counted.items()))


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
