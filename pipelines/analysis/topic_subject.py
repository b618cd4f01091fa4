"""A definition of a topic to be asked: the one in force, an older one, or a query not yet saved."""

from dataclasses import dataclass, replace

from pipelines.query import Query
from pipelines.store import Store
from pipelines.store.writing.definitions import definition_of


@dataclass(frozen=True, slots=True)
class Subject:
    """A definition to be asked; `id` is empty for a query that belongs to no topic."""

    id: str
    name: str  # as it is spoken of
    text: str  # the query
    is_tagged: bool = False  # the store's tags were made with it

    def asked(self, filters: Query) -> Query:
        """Return the question for its articles under `filters`."""
        if self.is_tagged:
            return replace(filters, topics=(self.id,))
        return replace(filters, text=self.text)

    @property
    def definition(self) -> int:
        """Return the hash of what decides."""
        return definition_of(self.text)


def subject_of(store: Store, topic: str) -> Subject:
    """Return the definition of a topic (id) that is in force; KeyError where it has none."""
    row = store.topics().set_index("id").loc[topic]
    spoken = f"{row['name']} ({topic}, version {row['version']} since {row['since']:%Y-%m-%d})"
    return Subject(topic, spoken, str(row["query"]), is_tagged=True)
