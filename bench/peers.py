"""What the scripts of this folder share: environments with other programs, and runs with a limit."""

import json
import os
import signal
import subprocess
import tempfile
import time
import venv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
STABLE = ["pygambit", "open_spiel", "LiteEFG", "highspy", "numpy", "scipy"]
PRERELEASE = ["--pre", "pygambit"]


def environment(folder: Path, packages: list) -> Path:
    """The Python of a virtual environment with these packages, which is made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


@cache
def version(python: Path, package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def build(*arguments: str):
    subprocess.run(["cargo", "build", "--release", *arguments], cwd=ROOT, check=True)


@dataclass
class Run:
    code: int
    out: str
    errors: str
    #: processor seconds of the whole process
    cpu: float
    late: bool

    def object(self):
        """What a script or `detente solve --json` printed; none if it failed."""
        lines = self.out.strip()
        if self.late or not lines:
            return None
        return json.loads(lines if lines.startswith("{\n") else lines.splitlines()[-1])

    def complaint(self) -> str:
        if self.code < 0:
            return f"ended by {signal.Signals(-self.code).name}"
        last = (self.errors.strip().splitlines() or ["failed"])[-1]
        return last.replace("|", "/")


def run(arguments: list, limit: float, folder=None) -> Run:
    """Runs a program for at most so many processor seconds (and four times as long by the clock)."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        words = [str(word) for word in arguments]
        child = subprocess.Popen(words, stdout=out, stderr=errors, cwd=folder)
        ended, status, used = waited(child.pid, limit)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), errors.seek(0)
        cpu = used.ru_utime + used.ru_stime
        return Run(child.returncode, out.read(), errors.read(), cpu, not ended)


def waited(pid: int, limit: float):
    """Whether the process ended by itself, its status and what it used.

    The kernel's own limit would make the process's clock tick in steps of milliseconds."""
    end = time.monotonic() + 4 * limit + 10
    pause = 0.001
    while time.monotonic() < end and processor_seconds(pid) < limit:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return True, status, used
        time.sleep(pause)
        pause = min(0.05, 2 * pause)
    os.kill(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    return False, status, used


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
