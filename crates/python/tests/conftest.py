"""What several tests need."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

# A busy machine takes its time to start a node.
os.environ.setdefault("RAY_raylet_start_wait_time_s", "180")

ROOT = Path(__file__).resolve().parents[3]

#: A threat that is met or not. Where ``x`` is above 8 the last formula has no value, and the point fails.
THREAT = """\
param x = 3 in 0 .. 9
param y = 2 in 1 .. 5
actor a
actor b
outcome peace { a 0 b 0 }
outcome yield { a y b -1 }
outcome war { a -x b sqrt(8 - x) - 4 }
ask "Is there war?" p(war)
play {
    a chooses move { threaten, wait }
    if move == wait { end peace }
    b chooses reply { give, fight }
    if reply == give { end yield }
    end war
}
"""


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def built() -> Path | None:
    """The command that was built with the package."""
    named = os.environ.get("DETENTE_COMMAND")
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    places = [Path(named)] if named else [target / kind / "detente" for kind in ("debug", "release")]
    return next((path for path in places if path.exists()), None)


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_is_heard() -> None:
    """Whoever was started in the background by a script may have been told to ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def command() -> Callable[..., str]:
    """Runs the command and gives what it prints."""
    path = built()
    if path is None:
        pytest.skip("the command is not built: cargo build")

    def run(*arguments: object) -> str:
        asked = [str(path), *(str(each) for each in arguments)]
        return subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout

    return run


@pytest.fixture
def threat(tmp_path: Path) -> Path:
    """A small scenario of which some points fail."""
    path = tmp_path / "threat.detente"
    path.write_text(THREAT, encoding="utf-8")
    return path
