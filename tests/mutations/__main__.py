"""One-leaf mutations of every recorded answer, and a table of what came of them.

`python -m tests.mutations` makes those of the test suite, `python -m tests.mutations --all`
every one; a name, or a part of one, leaves the other recordings out.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

if __name__ == "__main__":
    from .table import main

    sys.exit(main(sys.argv[1:]))
