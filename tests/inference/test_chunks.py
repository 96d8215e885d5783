"""The stream decoder is a pure machine: whatever the cut, the same chunks."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.inference.backends.chunks import LONGEST_LINE, Chunk, ChunkDecoder

PLAIN = (
    b': keep-alive\n\ndata: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n'
    + 'data: {"choices":[{"delta":{"content":"Émilie 🧮 « ça »\\n"},"finish_reason":null}],"usage":null}\n\n'.encode()
    + b'data:{"choices":[{"delta":{"content":"\\u00e9\\ud83d\\ude00"}}]}\n\n'
    b'event: message\nid: 4\nretry: 10\ndata: {"choices":[{"delta":\ndata: {"content":"two lines"}}]}\n\n'
    b'data: {"choices":[{"delta":{"reasoning_content":"hmm"}}]}\n\n'
    b'data: {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"parts"}]}}]}\n\n'
    b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
    b'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\n'
    b'error: {"code":500,"message":"late"}\n\n'
    b"data: [DONE]\n\n"
)
STREAMS = {
    "lf": PLAIN,
    "crlf": PLAIN.replace(b"\n", b"\r\n"),
    "cr": PLAIN.replace(b"\n", b"\r"),
    "no_done": PLAIN[: PLAIN.index(b"data: [DONE]")],
    "no_final_blank_line": PLAIN[: PLAIN.index(b"error:")].rstrip(b"\n"),
    "crlf_no_final_blank_line": PLAIN[: PLAIN.index(b"error:")].rstrip(b"\n").replace(b"\n", b"\r\n") + b"\r",
}


def decode(*pieces: bytes) -> list[bytes]:
    decoder = ChunkDecoder()
    chunks: list[Chunk] = []
    for piece in pieces:
        chunks += decoder.feed(piece)
    chunks += decoder.flush()
    for chunk in chunks:  # an empty Raw cannot be encoded back
        chunk.usage = chunk.usage or msgspec.Raw(b"null")
        chunk.error = chunk.error or msgspec.Raw(b"null")
    return [msgspec.json.encode(chunk) for chunk in chunks]


@pytest.mark.parametrize("name", STREAMS)
def test_same_chunks_when_cut_at_every_offset(name: str) -> None:
    stream = STREAMS[name]
    whole = decode(stream)
    assert len(whole) >= 8
    for offset in range(len(stream) + 1):
        assert decode(stream[:offset], stream[offset:]) == whole, offset
    assert decode(*(stream[index : index + 1] for index in range(len(stream)))) == whole


@given(cuts=st.lists(st.integers(min_value=0, max_value=len(PLAIN)), max_size=12), name=st.sampled_from(list(STREAMS)))
def test_same_chunks_when_cut_many_times(cuts: list[int], name: str) -> None:
    stream = STREAMS[name]
    bounds = [0, *sorted(cuts), len(stream)]
    assert decode(*(stream[a:b] for a, b in pairwise(bounds))) == decode(stream)


@given(st.binary(max_size=400))
def test_any_bytes_give_chunks_or_one_word(noise: bytes) -> None:
    decoder = ChunkDecoder()
    decoder.feed(noise)
    decoder.feed(b"data: " + noise + b"\n\n")
    decoder.flush()
    assert decoder.broken in {None, "malformed_json", "line_too_long"}


def test_text_of_every_dialect() -> None:
    chunks = ChunkDecoder().feed(PLAIN)
    texts = [choice.delta.content for chunk in chunks for choice in chunk.choices or () if choice.delta]
    assert texts[1:4] == ["Émilie 🧮 « ça »\n", "é😀", "two lines"]
    assert isinstance(texts[5], list)
    assert [part.text for part in texts[5]] == ["", "parts"]
    assert chunks[-1].error
    assert chunks[-2].usage


def test_done_ends_everything() -> None:
    decoder = ChunkDecoder()
    after = b'data: {"choices":[{"delta":{"content":"late"}}]}\n\n'
    assert decoder.feed(b"data: [DONE]\n\n" + after) == []
    assert decoder.done
    assert decoder.feed(after) == []


@pytest.mark.parametrize(
    "data",
    [
        b"data: {nope}\n\n",
        b'data: {"choices":[{"delta":{"content":42}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"\xff"}}]}\n\n',
        b'data: {"choices":[{"delta":{"content":"\\ud800"}}]}\n\n',
        b"data: " + b"[" * 100_000 + b"\n\n",
        b'data: {"choices":"all"}\n\n',
    ],
)
def test_malformed_ends_the_stream_but_not_what_came_before(data: bytes) -> None:
    good = b'data: {"choices":[{"delta":{"content":"kept"}}]}\n\n'
    for offset in range(0, len(data), max(1, len(data) // 200)):
        decoder = ChunkDecoder()
        chunks = decoder.feed(good + data[:offset]) + decoder.feed(data[offset:] + good)
        assert len(chunks) == 1
        assert decoder.broken == "malformed_json"
        assert decoder.flush() == []


def test_endless_line_is_refused_while_it_comes() -> None:
    decoder = ChunkDecoder()
    for _ in range(LONGEST_LINE // 65536):
        assert decoder.feed(b"x" * 65536) == []
        assert decoder.broken is None
    decoder.feed(b"x")
    assert decoder.broken == "line_too_long"


def test_endless_event_is_refused() -> None:
    decoder = ChunkDecoder()
    decoder.feed(b"data: 1\n" * 1000)
    assert decoder.broken == "line_too_long"
