"""The verbs of this house; `nox -l` lists them. `.ci/run` does all of it and needs no nox."""

from __future__ import annotations

import nox

nox.options.sessions = ["style", "tests"]
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """All tests on every supported Python; `nox -s tests-3.12 -- tests/spaaza` some on one."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def style(session: nox.Session) -> None:
    """Style, types and imports."""
    session.install("-e", ".[check]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("pyright")
    session.run("lint-imports")
    session.run("python", "-m", "pytest", "-q", "tests/typing")


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation site, warnings as errors; `nox -s docs -- serve` shows it."""
    session.install("-e", ".[docs]")
    session.run("mkdocs", *(session.posargs or ["build", "--strict"]))


@nox.session
def release(session: nox.Session) -> None:
    """The wheel and the sdist, built and tried out in empty environments."""
    session.install("build")
    session.run("python", "-m", "tests.release")
