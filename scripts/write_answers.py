"""Write the answer beside each question; look at the diff before you commit it.

python scripts/write_answers.py              # all of them
python scripts/write_answers.py pay-now      # some of them
"""

from __future__ import annotations

import sys

import graph
from graph.atomic import write_atomic
from graph.files import discover


def main(names: list[str]) -> None:
    """Write the answers to the questions of these names, or to all, as CSV."""
    data = graph.load()
    for path in discover()[1].questions:
        if not names or path.stem in names:
            answer = data.query(path)
            print(write_atomic(path.with_suffix(".csv"), answer.to_text("csv").encode()), len(answer), "rows")


if __name__ == "__main__":
    main(sys.argv[1:])
