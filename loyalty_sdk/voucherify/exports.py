"""Files that the vendor makes of what it keeps.

https://docs.voucherify.io/api-reference/exports
"""

from __future__ import annotations

import os
from typing import Unpack

import attrs

from loyalty_sdk._core.calls import Call, Download, Listing, Page, PathPart, Response
from loyalty_sdk._core.credentials import checked_secret
from loyalty_sdk._core.endpoint import R_co, Resource, download, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier, plain_text
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import UnreadableAnswer
from loyalty_sdk.voucherify._calls import delete, finished, get, post
from loyalty_sdk.voucherify._lists import listed
from loyalty_sdk.voucherify._wire import DOWNLOAD_HOSTS
from loyalty_sdk.voucherify.inputs.exports import ExportFields
from loyalty_sdk.voucherify.inputs.lists import ExportList
from loyalty_sdk.voucherify.models.jobs import Export

_PATH = ("v1", "exports")


class Exports(Resource[R_co]):
    """Files that the vendor makes of what it keeps."""

    @endpoint
    def create(self, **fields: Unpack[ExportFields]) -> Call[Export]:
        """Ask for a file; see `ExportFields`. Never repeated: it would make another one.

        https://docs.voucherify.io/api-reference/exports/create-export
        """
        return attrs.evolve(
            post(Export, *_PATH, json=body(ExportFields, fields)), gives_secrets=True
        )

    @endpoint
    def get(self, export_id: str) -> Call[Export]:
        """One export: how far it is, and where its file is.

        https://docs.voucherify.io/api-reference/exports/get-export
        """
        return _get(export_id)

    @endpoint
    def wait(self, export_id: str, *, every: float = 5.0, at_most: float = 600.0) -> Call[Export]:
        """One export, once it is done, or failed: `status` tells.

        Args:
            export_id: Its id, `exp_...`.
            every: Seconds between two questions, each of which counts for your limits.
            at_most: Seconds until waiting ends.

        Raises:
            StillRunning: It is not done by then; `latest` is the export as it was.

        https://docs.voucherify.io/api-reference/exports/get-export
        """
        until = finished(_is_done, every=every, at_most=at_most)
        return attrs.evolve(_get(export_id), until=until)

    @download
    def download(self, export_id: str, token: str | Secret, to: str | os.PathLike[str]) -> Download:
        """Save the file of an export; it appears whole or not at all. Repeated after a failure.

        Args:
            export_id: The id of the export.
            token: Its `token`, once it is done.
            to: Where the file is to be; what is there is replaced.

        Raises:
            NotSaved: The file cannot be written.

        https://docs.voucherify.io/api-reference/exports/download-export
        """
        secret, place = checked_secret("token", token), _place(to)
        host = DOWNLOAD_HOSTS.get(self._runner.session.base_url)
        return Download(call=_file(host, _of(export_id), secret), to=place)

    @listing
    def list(self, **which: Unpack[ExportList]) -> Listing[Export]:
        """Exports; see `ExportList`.

        Raises:
            PageCeiling: There are more than 100 pages.

        https://docs.voucherify.io/api-reference/exports/list-exports
        """
        beyond = "walk the other way round by order"
        exports = listed(Export, _PATH, ExportList, which, beyond=beyond, key="exports")

        def page(cursor: str | None) -> Call[Page[Export]]:
            return attrs.evolve(exports.page(cursor), gives_secrets=True)

        return attrs.evolve(exports, page=page)

    @endpoint
    def delete(self, export_id: str) -> Call[None]:
        """Delete an export. Never repeated.

        https://docs.voucherify.io/api-reference/exports/delete-export
        """
        return delete(*_of(export_id))


def _file(host: str | None, path: tuple[PathPart, ...], token: Secret) -> Call[None]:
    return Call(
        method="GET",
        base_url=host,
        path=path,
        params=[("token", token.reveal())],
        headers={"accept": "text/plain, application/json"},
        hidden=[token],
        read=_no_file,
        repeatable=True,
    )


def _of(export_id: str) -> tuple[PathPart, ...]:
    return (*_PATH, identifier("export_id", export_id))


def _get(export_id: str) -> Call[Export]:
    return attrs.evolve(get(Export, *_of(export_id)), gives_secrets=True)


def _is_done(export: Export) -> bool:
    return export.is_done


def _place(to: str | os.PathLike[str]) -> str | os.PathLike[str]:
    return to if isinstance(to, os.PathLike) else plain_text("to", to)


def _no_file(_response: Response) -> None:
    raise UnreadableAnswer("$: a file is expected")
