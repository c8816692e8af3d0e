"""Numbers, codes and texts in what calls take."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

import attrs


@attrs.frozen
class Between:
    """Put in `Annotated[int, Between(least, most)]`: the bounds of a whole number."""

    least: int
    most: int


LARGEST = 10**15
PROSE = "prose"
Prose = Annotated[str, PROSE]
"""Text that may have several lines."""
Metadata = Mapping[str, Any]
"""Whatever you keep with something: JSON."""
Count = Annotated[int, Between(0, LARGEST)]
"""How many; 0 or more."""
Change = Annotated[int, Between(-LARGEST, LARGEST)]
"""How many more, or fewer."""
Amount = Annotated[int, Between(0, LARGEST)] | Annotated[Decimal, Between(0, LARGEST)]
"""An amount in hundredths, 1000 being 10.00; 0 or more."""
