"""README, docs and examples are true: they run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loyalty_sdk.sandbox import Sandbox

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+?)(#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(page.read_text("utf-8")) if kind == language]


BLOCKS = [
    pytest.param(text, id=f"{page.name}-{number}")
    for page in PAGES
    for number, text in enumerate(_blocks(page, "python"), 1)
]
COMMANDS = [block.strip() for block in _blocks(ROOT / "README.md", "sh")]


def _run(arguments, **kwargs):
    """Run a program with the environment of these tests, which holds no real credentials."""
    done = subprocess.run(
        arguments, capture_output=True, text=True, timeout=600, check=False, **kwargs
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("block", BLOCKS)
def test_every_code_block_runs(block, tmp_path):
    """A block of the README or the docs is a program that ends well."""
    script = tmp_path / "block.py"
    script.write_text(block, "utf-8")
    _run([sys.executable, "-W", "error", str(script)])


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda p: p.stem)
def test_every_example_runs_on_the_sandbox(script):
    """An example prints something and ends well, without credentials in the environment."""
    assert _run([sys.executable, "-W", "error", str(script)]).strip()


def test_the_wallet_shows_a_failing_vendor_beside_the_others():
    """With vendors out of reach their errors are shown, and what the others hold too."""
    with Sandbox() as sandbox:
        environment = {
            **os.environ,
            "ES_LOYALTY_BASE_URL": sandbox.es_loyalty["base_url"],
            "ES_LOYALTY_TOKEN": "wrong",
            "CARDLYTICS_BASE_URL": sandbox.cardlytics["base_url"],
            "VOUCHERIFY_APP_ID": "wrong",
            "VOUCHERIFY_APP_TOKEN": "wrong",
            "VOUCHERIFY_BASE_URL": sandbox.voucherify["base_url"],
            "SPAAZA_TOKEN_ID": sandbox.spaaza["token_id"],
            "SPAAZA_TOKEN_SECRET": sandbox.spaaza["token_secret"],
            "SPAAZA_BASE_URL": sandbox.spaaza["base_url"],
        }
        member = sandbox.member
        shown = _run(
            [
                *[sys.executable, str(ROOT / "examples" / "wallet.py")],
                *["--account", member.es_loyalty_identifier],
                *["--customer", member.voucherify_customer_id],
                *["--source-customer", member.cardlytics_source_customer_id],
                *["--chain", str(member.spaaza_chain_id), "--user", str(member.spaaza_user_id)],
            ],
            env=environment,
        )
    assert shown.count("could not be fetched") == 6  # of three questions, those to two vendors
    assert shown.count(": 401") == 6
    assert "earned" in shown
    assert "claimed" in shown


def test_the_command_that_measures_the_csv():
    """The figures of the docs can be made again; a few rows show that the command works."""
    shown = _run([sys.executable, "-W", "error", "-m", "tests.csv_rows", "2000"], cwd=ROOT)
    assert shown.count("2000 rows in") == 3  # typed, async and in Arrow
    assert "peak memory" in shown


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    """What the pages outside the documentation site link to exists; the site has its own check."""
    links = [place for place, _ in LINK.findall(page.read_text("utf-8"))]
    assert [link for link in links if ":" not in link and not (ROOT / link).exists()] == []


def test_the_readme_has_exactly_two_commands():
    """One runs the main job, one passes all tests."""
    assert len(COMMANDS) == 2
    assert "examples/wallet.py" in COMMANDS[0]
    assert "pytest" in COMMANDS[1]


def test_ci_runs_the_readme_s_test_command():
    """What the README promises is what CI does, letter by letter."""
    assert COMMANDS[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_the_first_command_works_in_a_fresh_copy(tmp_path):
    """On a copy without any environment, the first command installs, runs, and prints a wallet."""
    ignored = shutil.ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", ".hypothesis")
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=ignored)
    shown = _run(["bash", "-c", COMMANDS[0]], cwd=copy)
    assert "Voucherify" in shown
    assert "Spaaza" in shown
