"""The report of an erasure is proof: any byte changed is found, and it is read in both languages."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args
from uuid import UUID

import msgspec

from chatelet.audit.keys import SealingKey, make_key, public_keys
from chatelet.leaving.erasing import out_of_reach
from chatelet.privacy.certificates import erasure_report, report_words, verification
from chatelet.privacy.certificates.certificate import Destroyed
from chatelet.privacy.certificates.erasure_report import Emptied, ErasureFacts, Exported
from chatelet.settings import SearchSettings, Settings

ENDED = datetime(2026, 12, 10, 9, 30, tzinfo=UTC)
FACTS = ErasureFacts(
    id=UUID(int=7),
    installation="Observatoire",
    contract_ended_on=date(2026, 11, 30),
    began_at=ENDED,
    ended_at=ENDED,
    export=Exported(id=UUID(int=8), made_at=ENDED, manifest_sha256="a" * 64, files=12, bytes=345, recipient="b" * 16),
    destroyed=Destroyed(rows={"messages": 20}, keys=3, blobs=7, vectors=4),
    emptied=(Emptied(where="data_folder", objects=900, bytes=12_345, overwritten=True, left=0),),
    journal_rows=41,
    journal_sha256="c" * 64,
    out_of_reach=("backups", "service_logs"),
    backups_end_on=date(2027, 1, 14),
)


def _signed(folder: Path) -> tuple[bytes, SealingKey]:
    key = make_key(folder / "key.pem")
    (folder / "public.pem").write_bytes(key.public_pem)
    return erasure_report.sign(FACTS, key), key


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    file, key = _signed(tmp_path)
    known = public_keys(tmp_path / "public.pem")
    found = verification.check_report(file, known)
    assert found is not None
    assert found.facts == FACTS
    assert verification.check(file, known) is None, "it is no deletion certificate"
    for place in range(len(file)):
        altered = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        assert verification.check_report(altered, known) is None, place
    (tmp_path / "report.json").write_bytes(file)
    verdict = verification.verify(tmp_path / "report.json", tmp_path / "public.pem")
    assert verdict.exit_code == 0
    assert key.key_id in verdict.text
    (tmp_path / "report.json").write_bytes(file.replace(b'"left": 0', b'"left": 1'))
    assert verification.verify(tmp_path / "report.json", tmp_path / "public.pem").exit_code == 1


def test_people_read_it_in_their_language_and_see_whether_it_came_in_time() -> None:
    french, english = report_words.told(FACTS, "fr"), report_words.told(FACTS, "en")
    assert "10 jours sur 21, tenu" in french
    assert "Dossier des données\u00a0: 900 objets détruits" in french
    assert "10 days of 21, kept" in english
    assert "Out of reach of this command: backups, technical logs of the machine" in english
    late = msgspec.structs.replace(FACTS, contract_ended_on=date(2026, 11, 1), export=None)
    assert "39 jours sur 21, DÉPASSÉ" in report_words.told(late, "fr")
    assert "EXCEEDED" in report_words.told(late, "en")


def test_what_is_out_of_reach_is_named_in_both_languages(tmp_path: Path) -> None:
    here = out_of_reach(Settings(data_dir=tmp_path), embedded=True)
    assert here == ("backups", "service_logs", "settings_files")
    search = SearchSettings(engine="opensearch", url="https://recherche.exemple.fr")
    assert "search_snapshots" in out_of_reach(Settings(data_dir=tmp_path, search=search), embedded=True)
    inside = {"privacy": {"certificate_key_file": tmp_path / "keys" / "own.pem"}, "data_dir": tmp_path}
    assert out_of_reach(Settings.model_validate(inside), embedded=True) == here, "it is destroyed with the folder"
    facts = msgspec.structs.replace(FACTS, out_of_reach=get_args(erasure_report.OutOfReach))
    assert "les instantanés du serveur de recherche" in report_words.told(facts, "fr")
    assert "settings files" in report_words.told(facts, "en")
