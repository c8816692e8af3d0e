"""Proves over real sockets that nothing is lost, sent twice or left behind, and prints figures.

    python -m tests.soak [PART ...] [--items N] [--rows N] [--requests N]

It ends with status 1 when something did not hold.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # what the tests share is found as in pytest

if __name__ == "__main__":  # not in the processes that are spawned, which import this file again
    from .parts import main

    sys.exit(main())
