"""`python -m tests.fuzz [N] [--seed S]`."""

from __future__ import annotations

import sys

from .readers import main

sys.exit(main())
