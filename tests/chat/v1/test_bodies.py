"""Bodies of `/v1`: whatever comes, a request within its bounds or an error of the caller's; never anything else."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chatelet.chat.v1 import json_limits
from chatelet.chat.v1.chat_body import ChatBody
from chatelet.chat.v1.embeddings import EmbeddingsBody
from chatelet.chat.v1.reading import read
from chatelet.chat.v1.rerank import RerankBody
from chatelet.chat.v1.responses_body import ResponsesBody
from chatelet.inference.backends.bodies import chat_body
from chatelet.inference.exchange import LARGEST_OUTPUT, ChatRequest
from chatelet.kernel.errors import AppError

NUMBERS = some.one_of(
    some.integers(), some.integers(-(2**70), 2**70), some.floats(allow_nan=False), some.sampled_from([0, -1, 1e308, 2**63])
)  # fmt: skip
ANY = some.recursive(
    some.none() | some.booleans() | NUMBERS | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stop", "seed", "presence_penalty",
    "frequency_penalty", "response_format", "tools", "tool_choice", "parallel_tool_calls", "logprobs", "top_logprobs",
    "logit_bias", "stream", "stream_options", "functions", "messages", "model", "n_discard", "api_base", "user",
]  # fmt: skip
KNOWN = {
    "model", "messages", "stream", "max_tokens", "stream_options", "temperature", "top_p", "seed", "stop",
    "presence_penalty", "frequency_penalty", "response_format", "tools", "tool_choice", "parallel_tool_calls",
}  # fmt: skip


def encoded(value: Any) -> bytes:
    return json.dumps(value, allow_nan=True).encode("utf-8", "surrogatepass")


def check(request: ChatRequest) -> None:
    """What reaches a model server is declared and within its bounds."""
    sent = json.loads(chat_body("m", request, frozenset()))
    assert set(sent) <= KNOWN
    assert 1 <= sent["max_tokens"] <= LARGEST_OUTPUT
    assert 0 <= sent.get("temperature", 0) <= 2
    assert 0 <= sent.get("top_p", 0) <= 1
    assert -(2**63) <= sent.get("seed", 0) < 2**63
    assert all(-2 <= sent.get(name, 0) <= 2 for name in ("presence_penalty", "frequency_penalty"))
    assert len(sent.get("stop", [])) <= 4


@settings(max_examples=600, deadline=None)
@given(changed=some.dictionaries(some.sampled_from(FIELDS), ANY | NUMBERS, max_size=5))
def test_any_value_of_any_parameter_of_chat(changed: dict[str, Any]) -> None:
    """TA-150."""
    body = {"model": "m", "messages": [{"role": "user", "content": "oui"}], **changed}
    try:
        check(read(encoded(body), ChatBody).to_request())
    except AppError as error:
        assert (error.public_status or error.status) == 400  # noqa: PT017 (either outcome is right)


@settings(max_examples=300, deadline=None)
@given(raw=some.binary(max_size=200) | ANY.map(encoded))
def test_any_bytes(raw: bytes) -> None:
    for shape in (ChatBody, ResponsesBody, EmbeddingsBody, RerankBody):
        try:
            body = read(raw, shape)
            body.texts() if isinstance(body, EmbeddingsBody | RerankBody) else body.to_request()
        except AppError as error:
            assert error.status == 400  # noqa: PT017


@settings(max_examples=300, deadline=None)
@given(changed=some.dictionaries(some.sampled_from(
    ["input", "instructions", "max_output_tokens", "temperature", "top_p", "text", "metadata", "tools", "stream", "store"]
), ANY, max_size=4))  # fmt: skip
def test_any_value_of_any_parameter_of_responses(changed: dict[str, Any]) -> None:
    try:
        check(read(encoded({"model": "m", "input": "oui", **changed}), ResponsesBody).to_request())
    except AppError as error:
        assert error.status == 400  # noqa: PT017


@settings(max_examples=300, deadline=None)
@given(schema=some.dictionaries(
    some.sampled_from(["type", "properties", "items", "pattern", "$ref", "enum", "anyOf", "minimum", "patternProperties"]),
    ANY, max_size=5,
))  # fmt: skip
def test_any_schema(schema: dict[str, Any]) -> None:
    try:
        json_limits.check_schema(schema, "tools")
    except AppError as error:
        assert error.status == 400  # noqa: PT017


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


@pytest.mark.parametrize(
    "schema",
    [
        nested(200), {"enum": ["a" * 200_000]}, {"properties": {str(n): {} for n in range(20_000)}},
        {"type": "unknown"}, {"type": 7}, {"type": {"a": 1}}, {"pattern": 7}, {"pattern": "("}, {"pattern": "(a+)+$"},
        {"pattern": "(a|a)*$"}, {"pattern": "(a*)*b"}, {"pattern": "(?=a)b"}, {"pattern": "(a)\\1"},
        {"pattern": "a{99999}"}, {"pattern": "(x{1,9}){1,9}"}, {"pattern": "a" * 300}, {"$ref": "http://127.0.0.1/x"},
        {"$ref": 5}, {"patternProperties": {"^a": {}}}, {"items": {"items": {"pattern": "((a+)b)+"}}},
    ],
)  # fmt: skip
def test_a_schema_that_could_hurt_is_refused(schema: dict[str, Any]) -> None:
    """TA-151, PEER_FLAWS 55."""
    with pytest.raises(AppError) as refused:
        json_limits.check_schema(schema, "tools")
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"pattern": {"type": "string"}, "type": {"type": "string"}, "$ref": {}}},
        {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}, {"pattern": "^[a-z+*]+$"},
        {"pattern": r"^(?:[01]\d):[0-5]\d$"}, {"enum": [{"pattern": "(a+)+", "type": 3}]}, {"$ref": "#/$defs/a"},
        {"$defs": {"a": {"type": "integer"}}, "default": {"$ref": "http://a"}}, nested(10), {}, {"type": []},
    ],
)  # fmt: skip
def test_an_ordinary_schema_passes(schema: dict[str, Any]) -> None:
    assert json_limits.check_schema(schema, "tools") == len(msgspec.json.encode(schema))


def test_too_many_words_are_refused_before_any_model() -> None:
    many = {"model": "m", "messages": [{"role": "user", "content": "x"}] * 4_001}
    with pytest.raises(AppError):
        read(encoded(many), ChatBody)
    long = {"model": "m", "messages": [{"role": "user", "content": "x" * 8_000_001}]}
    with pytest.raises(AppError):
        read(encoded(long), ChatBody).to_request()


def test_a_message_of_parts_is_one_text() -> None:
    parts = [{"type": "text", "text": "un "}, {"type": "text", "text": "deux"}]
    body = {"model": "m", "messages": [{"role": "developer", "content": parts}, {"role": "user", "content": None}]}
    request = read(encoded(body), ChatBody).to_request()
    assert [(message.role, message.content) for message in request.messages] == [("system", "un deux"), ("user", "")]


def test_a_former_answer_is_sent_back_to_responses_as_it_came() -> None:
    items = [
        {"role": "user", "content": "un"},
        {"type": "reasoning", "id": "rs_1", "summary": []},
        {"type": "message", "role": "assistant", "id": "m", "status": "completed", "content": [
            {"type": "output_text", "text": "deux", "annotations": []}]},
        {"role": "user", "content": [{"type": "input_text", "text": "trois"}]},
    ]  # fmt: skip
    request = read(encoded({"model": "m", "input": items}), ResponsesBody).to_request()
    assert [message.content for message in request.messages] == ["un", "deux", "trois"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (ChatBody, {"messages": [{"role": "user", "content": "a"}]}),
        (ResponsesBody, {"input": "a"}),
        (EmbeddingsBody, {"input": "a"}),
        (RerankBody, {"query": "a", "documents": ["b"]}),
    ],
)
def test_a_base_named_in_a_body_is_nothing(kind: Any, body: dict[str, Any]) -> None:
    """TA-027: a program that names a collection, an index or a tenant is answered as if it had not."""
    asked = {"model": "m", **body}
    names = ("collection", "index", "tenant", "namespace", "overwrite", "collections", "collection_ids")
    named = dict.fromkeys(names, "0190f0de-0000-7000-8000-000000000001")
    assert read(encoded({**asked, **named}), kind) == read(encoded(asked), kind)
