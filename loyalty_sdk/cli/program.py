"""The program itself: its commands, and what becomes of errors and of Ctrl-C."""

from __future__ import annotations

from typing import Any

import click

from loyalty_sdk._core.version import __version__
from loyalty_sdk.cli.check import check
from loyalty_sdk.cli.export import export
from loyalty_sdk.cli.sandbox import sandbox
from loyalty_sdk.cli.told import INTERRUPTED, Misused, Told
from loyalty_sdk.cli.wallet import wallet
from loyalty_sdk.errors import UsageError


class Program(click.Group):
    """Commands whose errors are a line each, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click has its own way with these
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except UsageError as error:
            raise Misused(error) from None
        except Exception as error:
            raise Told(error) from None


@click.group(cls=Program)
@click.version_option(__version__)
def program() -> None:
    """ES Loyalty, Voucherify, Cardlytics and Spaaza on the command line.

    Credentials come from the environment only, by the names that the clients read, such as
    VOUCHERIFY_APP_ID and VOUCHERIFY_APP_TOKEN.

    Exit status: 0 all is well, 1 something failed, 2 wrong usage, 3 some vendors failed and others
    did not, 130 interrupted.
    """


for _command in (wallet, export, sandbox, check):
    program.add_command(_command)
