"""Numbers, codes and texts in what calls take."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from loyalty_sdk._core.given.inputs import Between

LARGEST = 10**15
Metadata = Mapping[str, Any]
"""Whatever you keep with something: JSON."""
Count = Annotated[int, Between(0, LARGEST)]
"""How many; 0 or more."""
Change = Annotated[int, Between(-LARGEST, LARGEST)]
"""How many more, or fewer."""
Amount = Annotated[int, Between(0, LARGEST)] | Annotated[Decimal, Between(0, LARGEST)]
"""An amount in hundredths, 1000 being 10.00; 0 or more."""
