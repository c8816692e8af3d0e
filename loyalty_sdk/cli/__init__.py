"""The command line, `loyalty-sdk`: the wallet, exports, the sandbox, and a check of credentials.

It needs click: `pip install 'loyalty-sdk[cli]'`. Importing `loyalty_sdk` does not load it, and
nothing else in the package knows it.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line of this process.

    Returns:
        The exit status, where click does not end the process with its own: 2 without click, 130
        after Ctrl-C.
    """
    try:
        from loyalty_sdk.cli.program import program

        program(prog_name="loyalty-sdk")
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.stderr.write("loyalty-sdk needs click: pip install 'loyalty-sdk[cli]'\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0
