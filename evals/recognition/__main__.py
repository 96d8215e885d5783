"""Character errors of recognised pages: `python -m evals.recognition [--only WORD] [--files FILE…] [--out run.json]`.

Each page is drawn, spoilt as scanners and telephones do, read, and compared with its text in reading order. Pages of PDF
files with text of their own may be added: they are drawn too, and compared with what is read without recognition.
"""

import argparse
import json
from pathlib import Path

from chatelet.documents.ocr import engines
from chatelet.documents.ocr.images import read_image
from evals.recognition.pages import PAGES, drawn
from evals.recognition.scanning import SPOILT, drawn_page, errors, pages_of, spoilt


def main() -> None:
    """Print the errors of each page and their mean."""
    parser = argparse.ArgumentParser(prog="python -m evals.recognition", description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--files", nargs="*", default=[], help="PDF files with text; file.pdf:3,5 for some pages")
    parser.add_argument("--engine", default="tesseract")
    parser.add_argument("--out", type=Path, help="write the figures there")
    parser.add_argument("--before", type=Path, help="figures to compare with")
    parser.add_argument("--texts", type=Path, help="write what was read there, and what should be")
    chosen = parser.parse_args()
    recogniser = engines.named(chosen.engine)
    before: dict[str, float] = json.loads(chosen.before.read_text()) if chosen.before else {}
    found: dict[str, float] = {}
    told = [*pages_of(chosen.files)] or [(name, data, 0, text) for name in PAGES for data, text in (drawn(name),)]
    for name, data, index, text in told:
        for way in SPOILT:
            key = f"{name} | {way}"
            if chosen.only not in key:
                continue
            document = read_image(spoilt(drawn_page(data, index, SPOILT[way].dpi), way), recognise=recogniser)
            found[key] = round(errors(text, document.text), 4)
            print(f"{found[key]:.4f}  {before.get(key, float('nan')):.4f}  {key}", flush=True)
            if chosen.texts:
                stem = key.replace(" ", "_").replace("|", "").replace("/", "_")
                (chosen.texts / f"{stem}.read.txt").write_text(document.text, "utf-8")
                (chosen.texts / f"{stem}.told.txt").write_text(text, "utf-8")
    print(f"mean of {len(found)}: {sum(found.values()) / max(1, len(found)):.4f}")
    if chosen.out:
        chosen.out.write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
