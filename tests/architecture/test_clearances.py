"""No words go to a model under a clearance that did not know the rules of units."""

import ast

from tests.architecture.sources import name_of, python_files, tree_of

_SRC = "src/chatelet/"
# No words of anybody go to a model from there; each says why.
_WITHOUT_RULES = {
    f"{_SRC}chat/safety/asking.py": "invented cases, public, that whoever runs the machine asks of a model they name",
    f"{_SRC}connectors/scholarly/desk.py": "no model: public catalogues, which have a highest level of their own",
    f"{_SRC}connectors/web/suite.py": "no model: two public words, for the engines that the installation turned on",
    f"{_SRC}knowledge/search_server.py": "no model: the installation's search server, up to its own level",
}
_ASKS = {"stream", "complete", "embed", "rerank", "choose", "choose_encoder"}


def _calls(name: str) -> list[tuple[str, ast.Call]]:
    return [
        (name_of(path), node)
        for path in python_files("src/chatelet")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def test_every_clearance_is_given_the_rules() -> None:
    found = {
        f"{path}:{call.lineno}"
        for path, call in _calls("clear")
        if path not in _WITHOUT_RULES and not any(_gives_rules(keyword) for keyword in call.keywords)
    }
    assert not found, found
    assert set(_WITHOUT_RULES) <= {path for path, _ in _calls("clear")}


def test_a_clearance_is_made_in_one_place() -> None:
    assert {path for path, _ in _calls("Clearance")} == {f"{_SRC}policy/clearance.py"}


def test_every_way_to_a_model_takes_a_clearance() -> None:
    [gateway] = [path for path in python_files("src/chatelet") if name_of(path) == f"{_SRC}inference/gateway.py"]
    ways = [node for node in ast.walk(tree_of(gateway)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    taken = {way.name: way.args.args[1].annotation for way in ways if way.name in _ASKS}
    assert set(taken) == _ASKS
    assert all(isinstance(one, ast.Name) and one.id == "Clearance" for one in taken.values())


def _gives_rules(keyword: ast.keyword) -> bool:
    return keyword.arg == "rules" and not isinstance(keyword.value, ast.Tuple | ast.Constant)
