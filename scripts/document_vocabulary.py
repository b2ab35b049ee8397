"""Write output/vocabulary.html: the classes and properties for people to read, made by pyLODE.

Run it after `pip install '.[docs]'`:

    python scripts/document_vocabulary.py
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from graph.atomic import write_atomic
from graph.files import bundled


def write(path: Path) -> Path:
    """Write the page whole or not at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyLODE leaves a file open
        from pylode import OntPub

        text = OntPub(ontology=str(bundled() / "vocabulary.ttl")).make_html()
    return write_atomic(path, text.encode())


if __name__ == "__main__":
    print(write(Path(sys.argv[1] if len(sys.argv) > 1 else "output/vocabulary.html")))
