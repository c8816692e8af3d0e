"""What the project works on while the caller waits.

The work itself is done at once; how far it is moves on with every look at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from ..wire import Response, json_response
from .project import Project
from .records import Json, Record

STEPS = (("ENQUEUED", 0), ("IN_PROGRESS", 40), ("DONE", 100))


def begin(project: Project, kind: str, result: Mapping[str, Any]) -> Response:
    """Begin an action; what will come of it is known to nobody but the sandbox."""
    identifier = project.ids.next("aa")
    content: Json = {
        "id": identifier,
        "type": kind,
        "status": "ENQUEUED",
        "operation_status": "UNKNOWN",
        "progress": 0,
        "processing_time": None,
        "request_id": f"v-0c{identifier[3:]}",
        "created_at": project.today,
        "updated_at": None,
        "object": "async_action",
        "result": dict(result),
    }
    project.state.ledger.actions.append(project.record(content))
    return json_response(202, {"async_action_id": identifier})


def looked_at(project: Project, rows: Sequence[Record], identifier: str) -> Json | None:
    """An action as it is now: one step further than when it was last looked at."""
    found = next((row for row in rows if row.content["id"] == identifier), None)
    if found is None:
        return None
    content = dict(found.content)
    status, progress = _following(content["status"])
    if status != content["status"]:
        content |= {"status": status, "progress": progress, "updated_at": project.today}
        if status == "DONE":
            failed = content["result"].get("failed_count") or 0
            content |= {"processing_time": 7, "operation_status": "FAILED" if failed else "SUCCESS"}
        project.state.ledger.actions = [
            attrs.evolve(row, content=content) if row is found else row for row in rows
        ]
    return content if status == "DONE" else {**content, "result": None}


def _following(status: str) -> tuple[str, int]:
    words = [word for word, _ in STEPS]
    return STEPS[min(words.index(status) + 1, len(STEPS) - 1)]
