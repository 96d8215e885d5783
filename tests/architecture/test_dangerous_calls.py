"""What a model, a person or a file says never becomes code, a command, a statement or an object (TA-053)."""

import ast

from tests.architecture.sources import calls_of, dotted, imports_of, name_of, python_files, repository_files, tree_of

_FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load", "marshal.loads"}
_FORBIDDEN_MODULES = {"pickle", "dill", "shelve", "marshal", "cloudpickle", "jsonpickle"}
_STATEMENTS = {"text", "exec_driver_sql", "execute", "executemany", "fetch", "_fetch", "fetchrow", "fetchval", "scalar"}
# Names of tables and roles cannot be parameters: quoted by `_quote`, or in this file, which only the owner's role runs.
_OWNER_ONLY = {"src/chatelet/migrations/runner.py"}


def test_nothing_is_evaluated() -> None:
    called = [
        f"{name_of(path)}:{call.lineno} calls {name}"
        for path in python_files("src", "scripts")
        for call, name in calls_of(path)
        if name in _FORBIDDEN_CALLS or any(word.arg == "shell" and _is_true(word.value) for word in call.keywords)
    ]
    assert not called, called


def test_nothing_is_unpickled() -> None:
    imported = [
        f"{name_of(path)}:{line}"
        for path in python_files("src", "scripts")
        for name, line in imports_of(path)
        if name.split(".")[0] in _FORBIDDEN_MODULES
    ]
    assert not imported, imported


def test_no_statement_is_built_from_values() -> None:
    """SQL is written whole; values are parameters. Migrations, which receive no value from outside, are apart."""
    built = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files("src/chatelet")
        if "/migrations/versions/" not in name_of(path) and name_of(path) not in _OWNER_ONLY
        for call, name in calls_of(path)
        if name.rsplit(".", 1)[-1] in _STATEMENTS
        for argument in call.args
        if _is_built(argument, _quoted_names(tree_of(path)))
    ]
    assert not built, built


def test_the_page_makes_no_html_of_its_own() -> None:
    """One place gives HTML to the document: the sanitiser's policy (TA-044, TA-092)."""
    ways = ("dangerouslySetInnerHTML", "document.write", "insertAdjacentHTML", "new Function(", " eval(")
    for path in repository_files():
        if name_of(path).startswith("web/src/") and path.suffix in {".ts", ".tsx"} and ".test." not in path.name:
            text = path.read_text("utf-8")
            assert not [way for way in ways if way in text], name_of(path)


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and not node.value)


def _quoted_names(tree: ast.Module) -> set[str]:
    """Return the variables that hold what `_quote` returned, and nothing else."""
    given = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    quoted = {dotted(node.targets[0]) for node in given if _is_quoting(node.value)}
    return quoted - {dotted(node.targets[0]) for node in given if not _is_quoting(node.value)}


def _is_quoting(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func) == "_quote"


def _is_built(node: ast.expr, quoted: set[str]) -> bool:
    """Tell an f-string with values, a `%`, a `+` or a `.format` from a plain text or a name."""
    if isinstance(node, ast.JoinedStr):
        values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return any(dotted(value) not in quoted for value in values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Mod, ast.Add)) and any(
            isinstance(part, ast.Constant) for part in ast.walk(node)
        )
    return isinstance(node, ast.Call) and dotted(node.func).endswith((".format", ".replace"))
