"""`loyalty-sdk sandbox`: the synthetic vendors on this machine."""

from __future__ import annotations

import click


def _checked(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    from loyalty_sdk.sandbox.switches import parse_switch

    try:
        for switch in given:
            parse_switch(switch)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return given


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 chooses one.")
@click.option("--seed", default=7, show_default=True, help="What the data are made from.")
@click.option(
    "--switch",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_checked,
    help="How to behave where the vendors' documents leave it open; may be repeated.",
)
def sandbox(port: int, seed: int, switch: tuple[str, ...]) -> None:
    """Serve synthetic vendors on this machine until Ctrl-C, which is its proper end: status 0.

    It prints whom to ask for, and `export` lines for the shell in which the other commands run.
    """
    from loyalty_sdk.sandbox.__main__ import main

    switches = [f"--switch={each}" for each in switch]
    main([f"--port={port}", f"--seed={seed}", *switches])
