"""A live turn: whoever listens from wherever reads the same text, without loss or repetition."""

import asyncio
import json
from uuid import uuid4

from chatelet.chat.beat import Beat
from chatelet.chat.events import Closed, NoticeEvent, Status
from chatelet.chat.live import Listener, LiveTurn
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.turns import OpenedTurn
from chatelet.kernel import clock
from chatelet.kernel.crypto import DataKey
from chatelet.policy.sensitivity import Label, Level

CLOSED = Closed(state="answered", error=None, usage=None, title=None)
ANSWER = ["É", "milie ", "du Ch", "âtelet 🜂", " traduisit ", "New", "ton", "."]


def live_turn() -> LiveTurn:
    opened = OpenedTurn(
        turn_id=uuid4(),
        conversation_id=uuid4(),
        question_id=uuid4(),
        answer_id=uuid4(),
        parent_id=None,
        question="?",
        label=Label(Level.INTERNAL),
        key=ConversationKey(DataKey(bytes(32))),
        history=(),
        created_at=clock.now(),
    )
    return LiveTurn(opened, uuid4(), Beat(lambda: 1))


class Reader:
    """Decodes what a connection receives."""

    def __init__(self) -> None:
        self.events: list[dict[str, object]] = []
        self.positions: list[int] = []

    async def write(self, frame: bytes) -> None:
        for block in frame.decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.split("\n") if line[:1] not in {"", ":"})
            if fields:
                self.events.append(json.loads(fields["data"]))
                self.positions.append(int(fields["id"]))

    @property
    def text(self) -> str:
        return "".join(str(event["text"]) for event in self.events if event["type"] == "delta")


def listener() -> Listener:
    return Listener(uuid4(), uuid4())


async def test_every_position_of_every_moment_reads_the_rest() -> None:
    whole = "".join(ANSWER)
    for joined_after in range(len(ANSWER) + 1):
        live = live_turn()
        for piece in ANSWER[:joined_after]:
            live.append(piece)
        readers = [(after, Reader()) for after in range(live.length + 1)]
        tasks = [asyncio.create_task(live.follow(listener(), after, reader.write)) for after, reader in readers]
        await asyncio.sleep(0)
        for piece in ANSWER[joined_after:]:
            live.append(piece)
            await asyncio.sleep(0)
        live.finish(CLOSED)
        await asyncio.gather(*tasks)
        for after, reader in readers:
            assert reader.text == whole[after:]
            assert reader.events[0]["type"] == "opened"
            assert reader.events[-1]["type"] == "closed"
            assert reader.positions[-1] == len(whole)


async def test_first_characters_do_not_wait_for_the_beat() -> None:
    live, reader = live_turn(), Reader()
    task = asyncio.create_task(live.follow(listener(), 0, reader.write))
    await asyncio.sleep(0)
    live.append("A")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert reader.text == "A"
    live.finish(CLOSED)
    await task


async def test_state_is_told_again_and_text_is_not() -> None:
    live, reader = live_turn(), Reader()
    live.append("abc")
    live.tell(NoticeEvent(code="history_shortened", params={"turns": 3}))
    task = asyncio.create_task(live.follow(listener(), 2, reader.write))
    await asyncio.sleep(0)
    live.tell(Status(step="writing"))
    live.finish(CLOSED)
    await task
    assert reader.text == "c"
    assert [event["type"] for event in reader.events].count("notice") >= 1


async def test_a_cut_listener_ends_and_the_turn_goes_on() -> None:
    live, mine, other = live_turn(), Reader(), Reader()
    revoked, kept = listener(), listener()
    tasks = [
        asyncio.create_task(live.follow(revoked, 0, mine.write)),
        asyncio.create_task(live.follow(kept, 0, other.write)),
    ]
    await asyncio.sleep(0)
    live.append("before ")
    await asyncio.sleep(0.01)
    live.cut(lambda one: one.session_id == revoked.session_id)
    await asyncio.wait_for(tasks[0], 1)
    live.append("after")
    live.finish(CLOSED)
    await asyncio.wait_for(tasks[1], 1)
    assert "after" not in mine.text
    assert other.text == "before after"


async def test_a_position_beyond_the_end_is_brought_back() -> None:
    live, reader = live_turn(), Reader()
    live.append("abc")
    live.finish(CLOSED)
    await live.follow(listener(), 999, reader.write)
    assert reader.text == ""
    assert reader.positions[-1] == 3
