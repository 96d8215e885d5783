"""Commands of the installation. Thin: each one imports what it needs when it runs, so that `--help` is instant."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import Protocol

_STYLES = ("plain", "correct", "clarify", "shorten", "administrative", "scientific-english", "falc", "inclusive")
_INCLUSIVE = ("none", "generic", "epicene", "doublets", "median-point")
_FORMS = ("three-lines", "page", "note", "key-points", "decisions", "chronology", "comparison", "positions", "abstract")
_SHIPPED = ("public", "internal", "restricted", "diffusion_restreinte")
_LEVELS = tuple(f"{level}{place}" for level in _SHIPPED for place in ("", "_1", "_2", "_3"))
_MOST_WORKERS = 64


class Parsers(Protocol):
    """What argparse returns for subcommands (its class is private)."""

    def add_parser(self, name: str, *, help: str, description: str = "") -> argparse.ArgumentParser:  # noqa: A002
        """Add one subcommand."""
        ...


def build_parser() -> argparse.ArgumentParser:
    """Return the whole command line (also read by the generated reference)."""
    parser = argparse.ArgumentParser(
        prog="chatelet", description="A sovereign AI assistant that an institution runs itself."
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="command")
    serve = _add(commands, "serve", "start the service (and the embedded database)", "serve:run")
    serve.add_argument("--workers", type=_count, metavar="N", help="web processes; the setting workers when absent")
    _add(commands, "worker", "run jobs only, beside other processes on an external database", "serve:run_worker")
    _add(commands, "migrate", "bring an external database to this version's schema", "migrate:run")
    check = _add(commands, "check", "tell what is present, missing or degraded, with the remedy", "check:run")
    check.add_argument("--json", action="store_true", help="print JSON")
    _add_backup(commands)
    _add_check_sources(check)
    _add_audit(commands)
    _add_leave(commands)
    _add_admin(commands)
    _add_models(commands)
    _add_index(commands)
    _add_sources(commands)
    _add_privacy(commands)
    _add_policy(commands)
    _add_eval(commands)
    _add_writing(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; coded errors are told in a sentence, on standard error."""
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if chosen.version:
        from chatelet import __version__

        print(__version__)
        return 0
    if getattr(chosen, "run", None) is None:
        parser.print_help()
        return 2
    from chatelet.commands.running import run_command

    return run_command(chosen.run, chosen)


def _add_backup(commands: Parsers) -> None:
    backup = _add(commands, "backup", "make a backup, beside a running service or not", "backup:make")
    backup.add_argument(
        "--to", metavar="PLACE", help="a folder or s3://bucket/path (the setting backup.to when absent)"
    )
    backup.add_argument("--incremental", action="store_true", help="do not send again what is there already")
    backup.add_argument(
        "--ledger-only", action="store_true", help="say only what was destroyed since: seconds, to be run often"
    )
    verbs = backup.add_subparsers(dest="verb", metavar="verb", required=False)
    listing = _add(verbs, "list", "list the backups of a place", "backup:show")
    verify = _add(verbs, "verify", "read a whole backup: signature, every piece, every blob", "backup:verify")
    prune = _add(verbs, "prune", "remove backups whose time is over, and what no other needs", "backup:prune")
    prune.add_argument("--keep-days", type=int, help="keep those of so many days (privacy.backup_days when absent)")
    restore = _add(commands, "restore", "restore a backup into an empty installation", "backup:restore")
    for parser in (listing, verify, prune, restore):
        parser.add_argument("--from", dest="source", metavar="PLACE", help="a folder or s3://bucket/path")
    for parser in (verify, restore):
        parser.add_argument("--backup", metavar="NAME", help="which one, by the beginning of its name; the newest")
        parser.add_argument("--public-key", metavar="FILE", help="the public keys of certificates, kept elsewhere")
    restore.add_argument(
        "--accept-unknown-erasures", action="store_true", help="although what was erased since cannot all be known"
    )
    for name, told in (("export-keys", "write the keys to a file, sealed"), ("import-keys", "put such keys back")):
        carried = _add(
            verbs, name, f"{told} under a passphrase read from standard input", f"backup:{name.replace('-', '_')}"
        )
        carried.add_argument("file")
        carried.add_argument("--passphrase-stdin", action="store_true", required=True, help="read it from there")


def _add_leave(commands: Parsers) -> None:
    leave = commands.add_parser("leave", help="the end of a contract: take everything away, then erase everything")
    verbs = leave.add_subparsers(dest="verb", metavar="verb", required=True)
    key = _add(verbs, "make-key", "make the key of whoever receives the export, elsewhere than here", "leave:make_key")
    key.add_argument("file")
    export = _add(
        verbs, "export", "write everything the institution owns, in open formats, to a new folder", "leave:export"
    )
    export.add_argument("--to", metavar="FOLDER", required=True)
    export.add_argument("--recipient", metavar="FILE.pub", required=True, help="who alone opens persons' content")
    opened = _add(verbs, "open", "check an export whole, and open what is sealed in it", "leave:open_sealed")
    opened.add_argument("folder", metavar="FOLDER")
    opened.add_argument("--key", metavar="FILE", required=True, help="the recipient's private key")
    opened.add_argument("--to", metavar="FOLDER", required=True)
    erase = _add(verbs, "erase", "erase the stopped installation, and write a signed report of it", "leave:erase")
    before = erase.add_mutually_exclusive_group(required=True)
    before.add_argument("--export", metavar="FOLDER", help="the export made before: read whole first, and still true")
    before.add_argument("--without-export", action="store_true", help="although nothing was taken away")
    erase.add_argument("--report", metavar="FOLDER", required=True, help="a new folder, elsewhere than the data")
    erase.add_argument(
        "--contract-ended", metavar="YYYY-MM-DD", type=date.fromisoformat, required=True, help="the day it ended"
    )
    erase.add_argument("--confirm", metavar="NAME", required=True, help="the name of the institution, in full")


def _add_audit(commands: Parsers) -> None:
    audit = commands.add_parser("audit", help="the journal")
    verbs = audit.add_subparsers(dest="verb", metavar="verb", required=True)
    verify = _add(verbs, "verify", "find any edit, deletion, reordering or truncation", "audit:verify")
    verify.add_argument("--head", metavar="FILE", help="a head kept elsewhere, to compare with")
    verify.add_argument("--public-key", metavar="FILE", help="the public key kept elsewhere")
    verify.add_argument("--export", metavar="FILE", help="verify an exported file instead of the database")
    export = _add(verbs, "export", "write the whole journal as JSON lines", "audit:export")
    export.add_argument("file")
    expire = _add(verbs, "expire", "drop the months beyond their retention, and say so in the journal", "audit:expire")
    expire.add_argument("--days", type=int, help="keep at least so many days (the retention matrix says, when absent)")
    _add(verbs, "seal", "chain and seal, as a process of its own that alone holds the private key", "audit:seal")
    make_key = _add(verbs, "make-key", "make the private key of the seals in a new file", "audit:make_key")
    make_key.add_argument("file")


def _add_admin(commands: Parsers) -> None:
    admin = commands.add_parser("admin", help="persons")
    verbs = admin.add_subparsers(dest="verb", metavar="verb", required=True)
    password = _add(verbs, "set-password", "give a person a new password; their sessions end", "admin:set_password")
    password.add_argument("--email", required=True)
    password.add_argument("--password-stdin", action="store_true", required=True, help="read it from standard input")
    emergency = _add(
        verbs, "emergency", "print the one-time link that opens the local sign-in for one account", "admin:emergency"
    )
    emergency.add_argument("--email", required=True, help="a local account that is active")
    create = _add(verbs, "create-person", "create a person who signs in with a password", "admin:create_person")
    create.add_argument("--email", required=True)
    create.add_argument("--name", required=True)
    create.add_argument("--administrator", action="store_true")
    create.add_argument(
        "--password-stdin", action="store_true", required=True, help="read the password from standard input"
    )


def _add_models(commands: Parsers) -> None:
    models = commands.add_parser("models", help="the embedded model")
    verbs = models.add_subparsers(dest="verb", metavar="verb", required=True)
    fetch = _add(verbs, "fetch", "download and check the embedded model's file", "models:fetch")
    fetch.add_argument("names", nargs="*", help="which models; the configured one when absent")


def _add_index(commands: Parsers) -> None:
    index = commands.add_parser("index", help="the index of documents")
    verbs = index.add_subparsers(dest="verb", metavar="verb", required=True)
    _add(verbs, "rebuild", "index every document again, from what was read of it", "index:rebuild")
    _add(verbs, "status", "what is indexed, whose vectors answer, and how far a change of model is", "index:status")


def _add_check_sources(check: argparse.ArgumentParser) -> None:
    parts = check.add_subparsers(dest="part", metavar="part")
    sources = _add(parts, "sources", "read an answer of each scholarly source as the desk does", "sources:check")
    sources.add_argument(
        "--live", action="store_true", help="ask the enabled services and engines of the web too, over the network"
    )
    sources.add_argument("--json", action="store_true", help="print JSON")


def _add_sources(commands: Parsers) -> None:
    sources = commands.add_parser("sources", help="works kept here for the scholarly desk")
    verbs = sources.add_subparsers(dest="verb", metavar="verb", required=True)
    mirror = _add(verbs, "mirror", "keep works here, searched by the desk with the network closed", "sources:mirror")
    origin = mirror.add_mutually_exclusive_group(required=True)
    origin.add_argument("--openalex", metavar="FILE", help="works of OpenAlex, JSON lines, .gz or not")
    origin.add_argument("--hal-oai", metavar="URL", help="a list of records of HAL over OAI-PMH, oai_dc")


def _add_privacy(commands: Parsers) -> None:
    privacy = commands.add_parser("privacy", help="proof of what was forgotten; the file that officers must produce")
    verbs = privacy.add_subparsers(dest="verb", metavar="verb", required=True)
    verify = _add(verbs, "verify", "find any alteration of a deletion certificate, offline", "privacy:verify")
    verify.add_argument("file", help="the signed certificate (JSON)")
    verify.add_argument("--public-key", metavar="FILE", help="the public keys kept elsewhere")
    file = _add(
        verbs, "file", "write the register entry, the impact assessment, the flows and the annexes", "privacy:file"
    )
    file.add_argument("--out", metavar="DIR", required=True, help="where the ODT and PDF files go")
    file.add_argument("--language", choices=("fr", "en"), default="fr", help="default: fr")
    clean = _add(
        verbs, "clean-disk", "take what was deleted off the disk of the database, as its owner", "privacy:clean_disk"
    )
    clean.add_argument(
        "--table-seconds",
        type=int,
        metavar="N",
        help="longest time each table is out of reach (privacy.disk_table_seconds when absent)",
    )


def _add_policy(commands: Parsers) -> None:
    policy = commands.add_parser("policy", help="the rules of units")
    verbs = policy.add_subparsers(dest="verb", metavar="verb", required=True)
    _add(verbs, "show", "print the rules that hold, by unit", "policy:show")
    test = _add(verbs, "test", "judge cases by the function that routes; 1 when one is not as expected", "policy:test")
    test.add_argument("file", metavar="FILE", help="TOML: [[case]], and [rules] to judge others than those published")


def _add_eval(commands: Parsers) -> None:
    evaluations = commands.add_parser("eval", help="measure quality on files of your own")
    verbs = evaluations.add_subparsers(dest="verb", metavar="verb", required=True)
    parse = _add(verbs, "parse", "read files, and write the text and the report of each", "eval:parse")
    parse.add_argument("files", nargs="+", metavar="FILE", help="files, or folders of files")
    parse.add_argument("--out", required=True, metavar="DIR", help="where <file name>.txt and <file name>.json go")
    parse.add_argument("--jobs", type=int, default=2, metavar="N", help="how many files at once (2)")
    retrieval = _add(verbs, "retrieval", "search a corpus for each query and write the run", "eval:retrieval")
    retrieval.add_argument("--corpus", metavar="FILE", required=True, help="JSON lines: id, title, text")
    retrieval.add_argument("--queries", metavar="FILE", required=True, help="JSON lines: id, text, lang")
    retrieval.add_argument(
        "--run", dest="run_file", metavar="FILE", required=True, help="what to write: query, passage, score"
    )
    citations = _add(verbs, "citations", "answer each question by a quote of the corpus", "eval:citations")
    citations.add_argument("--corpus", metavar="FILE", required=True, help="JSON lines: id, title, text")
    citations.add_argument("--questions", metavar="FILE", required=True, help="JSON lines: id, question or text, lang")
    citations.add_argument("--out", metavar="FILE", required=True, help="what to write: answer, passage, place, quote")
    detect = _add(verbs, "detect", "find personal data, secrets, markings and injections in texts", "eval:detect")
    detect.add_argument("--input", metavar="FILE", required=True, help="JSON lines: id, text")
    detect.add_argument("--out", metavar="FILE", required=True, help="what to write: id, spans, level, verdict")
    detect.add_argument(
        "--kind", choices=("pii", "secrets", "markings", "injection"), help="one family of detectors only"
    )
    egress = _add(verbs, "egress", "judge addresses as a visit would, contacting nothing", "eval:egress")
    egress.add_argument("--input", metavar="FILE", required=True, help="one address a line; # begins a comment")
    safety = _add(verbs, "safety", "ask a set against misuse of a declared model", "safety:run")
    safety.add_argument("--model", metavar="NAME", required=True, help="a declared model, by its name")
    safety.add_argument("--set", metavar="FILE", help="JSON lines, in the form of the product's own set")
    safety.add_argument("--out", metavar="FILE", required=True, help="the report to write (JSON), answers included")
    for verb in (retrieval, citations):
        verb.add_argument("--mode", choices=("lexical", "dense", "hybrid"), default="hybrid", help="default: hybrid")


def _add_writing(commands: Parsers) -> None:
    translate = _add(commands, "translate", "translate a file, given back in its format", "writing:translate")
    translate.add_argument("--to", required=True, metavar="LANGUAGE", help="language to write: en, fr, de, en-GB…")
    translate.add_argument("--glossary", metavar="FILE", help="terms to use: CSV (source, target, forbidden) or TBX")
    translate.add_argument("--memory", metavar="FILE", help="translations to reuse: TMX")
    translate.add_argument(
        "--formality", choices=("default", "formal", "informal"), default="default", help="forms of address"
    )
    translate.add_argument("--plain", action="store_true", help="in plain language")
    rewrite = _add(commands, "rewrite", "rewrite a file in its language, given back in its format", "writing:rewrite")
    rewrite.add_argument("--style", required=True, choices=_STYLES, help="how it is rewritten")
    rewrite.add_argument("--track", action="store_true", help="as tracked changes, where the format has them")
    rewrite.add_argument(
        "--inclusive", default="none", choices=_INCLUSIVE, help="rule of inclusive writing that French words follow"
    )
    summarise = _add(commands, "summarise", "summarise files, each statement with its page", "summarising:run")
    summarise.add_argument("files", nargs="+", metavar="FILE")
    summarise.add_argument("--form", required=True, choices=_FORMS, help="what the summary looks like")
    summarise.add_argument(
        "--language", choices=("fr", "en"), help="language of the summary; the first file's when absent"
    )
    summarise.add_argument("--out", metavar="FILE", help="Markdown to write; standard output when absent")
    draft = _add(commands, "draft", "draft a document from a template", "drafting:run")
    draft.add_argument("template", metavar="TEMPLATE", help="a template's file, or one of the installation: letter.fr…")
    draft.add_argument("--field", action="append", default=[], metavar="NAME=VALUE", help="what a field holds")
    draft.add_argument("--to", choices=("docx", "odt", "pdf", "md"), default="docx", help="default: docx")
    draft.add_argument("--style", metavar="FILE", help="DOCX or ODT whose styles, header and footer it takes")
    draft.add_argument("--out", metavar="FILE", help="what to write; named by the template when absent")
    for verb in (translate, rewrite, summarise, draft):
        verb.add_argument("--model", metavar="NAME", help="which model; the installation's default when absent")
        verb.add_argument(
            "--level",
            choices=_LEVELS,
            metavar="LEVEL",
            help="sensitivity of the file; the installation's when absent",
        )
    for verb in (translate, rewrite, summarise):
        verb.add_argument("--report", metavar="FILE", help="write the whole report as JSON")
    for verb in (translate, rewrite):
        verb.add_argument("file", metavar="FILE")
        verb.add_argument("--from", dest="source", metavar="LANGUAGE", help="language of the file, when it is known")
        verb.add_argument(
            "--out", "--output", metavar="FILE", help="what to write (- is standard output); beside FILE when absent"
        )
        verb.add_argument(
            "--pdf-as",
            choices=("docx", "odt", "pdf"),
            help="what a PDF comes back as; when absent, what the name to write says, else a Word document",
        )
        verb.add_argument("--mark", metavar="SENTENCE", help="a sentence to add, that says a machine wrote it")


def _count(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"a number between 1 and {_MOST_WORKERS} is expected")
    return int(given)


def _add(parsers: Parsers, name: str, told: str, target: str) -> argparse.ArgumentParser:
    parser = parsers.add_parser(name, help=told, description=told[0].upper() + told[1:] + ".")
    parser.set_defaults(run=target)
    return parser


if __name__ == "__main__":
    sys.exit(main())
