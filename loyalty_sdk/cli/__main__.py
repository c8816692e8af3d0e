"""`python -m loyalty_sdk.cli`: the same as `loyalty-sdk`."""

from __future__ import annotations

import sys

from loyalty_sdk.cli import main

sys.exit(main())
