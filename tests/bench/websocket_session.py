"""One session of a Streamlit server, without a browser: choices go in, times and sizes come out.

A browser sends the whole state of its widgets with each change and gets the page's elements back as
protobuf messages over one websocket; so does this. What a browser then does (drawing) is not in it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_PATIENCE = 120  # seconds without a message
_KEPT = 2  # runs after which a browser forgets an element that was not used again


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the script as its session sees it."""

    milliseconds: float  # from sending the change to the end of the run
    bytes: int  # received, before compression
    elements: int
    charts: int


class Session:
    """A session that is open as long as its `async with`."""

    def __init__(self, client: aiohttp.ClientSession, address: str) -> None:
        """Keep where to connect: `address` is the server's, as http://host:port."""
        self._client, self._address = client, address
        self._choosers: dict[str, str] = {}  # label of a multiselect -> its id
        self._chosen: dict[str, list[str]] = {}  # id -> labels
        self._cached: dict[str, int] = {}  # element -> the last run that used it
        self._runs = 0
        self._page = ""

    async def __aenter__(self) -> Self:
        """Connect."""
        self._socket = await self._client.ws_connect(
            f"{self._address.replace('http', 'ws', 1)}/_stcore/stream",
            protocols=("streamlit",),
            max_msg_size=0,
            compress=15,  # offered, as browsers do
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Disconnect; the server forgets the session."""
        await self._socket.close()

    async def open(self, link: str = "") -> Run:
        """Run the script for the first time, with `link` as the address's query."""
        return await self._run(link)

    async def choose(self, label: str, values: Sequence[str]) -> Run:
        """Choose exactly `values` in the multiselect of that label.

        KeyError where the page has no such widget.
        """
        self._chosen[self._choosers[label]] = list(values)
        return await self._run("")

    async def _run(self, link: str) -> Run:
        message = BackMsg()
        message.rerun_script.query_string = link
        message.rerun_script.page_script_hash = self._page
        self._runs += 1
        self._cached = {one: run for one, run in self._cached.items() if self._runs - run <= _KEPT}
        message.rerun_script.cached_message_hashes.extend(self._cached)
        for one, values in self._chosen.items():
            state = WidgetState(id=one)
            state.string_array_value.data.extend(values)
            message.rerun_script.widget_states.widgets.append(state)
        begun = time.perf_counter()
        await self._socket.send_bytes(message.SerializeToString())
        return await self._until_finished(begun)

    async def _until_finished(self, begun: float) -> Run:
        size = elements = charts = 0
        while True:
            received = await self._socket.receive(_PATIENCE)
            if received.type is not aiohttp.WSMsgType.BINARY:
                raise ConnectionError(f"{self._address} closed the session: {received}")
            size += len(received.data)
            message = ForwardMsg.FromString(received.data)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                spent = (time.perf_counter() - begun) * 1000
                return Run(spent, size, elements, charts)
            if kind == "new_session":
                self._page = message.new_session.page_script_hash
            elif kind == "ref_hash":
                elements += 1
                self._cached[message.ref_hash] = self._runs
            elif kind == "delta":
                elements += 1
                charts += self._take(message)

    def _take(self, message: ForwardMsg) -> int:
        """Remember the widgets that can be chosen in; return whether the element is a chart."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if message.metadata.cacheable and message.hash:
            self._cached[message.hash] = self._runs
        if kind == "exception":
            raise RuntimeError(f"{self._address} shows an error: {element.exception.message}")
        if kind == "multiselect":
            chooser = element.multiselect
            self._choosers[chooser.label] = chooser.id
            if chooser.set_value or chooser.id not in self._chosen:
                start = [chooser.options[place] for place in chooser.default]
                self._chosen[chooser.id] = list(chooser.raw_values) or start
        return int(kind == "plotly_chart")
