"""Measures the package as people get it: the wheel in an empty environment, its size, its start, and a run in it.

The environment is made with the interpreter that runs this, and filled by pip from the registry. Size is that of
everything in site-packages but pip and setuptools, which the environment brings along: with the bytecode that pip makes
of it, and without. Time to import is that of a process over that of one that imports nothing, the least of five each.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1]
REPEATS = 5
LARGEST = 10  # packages named
MB = 1_000_000
IMPORT_MS = 150  # at most
SITE_MB = 250  # what is aimed at, without bytecode
BROUGHT = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel")


def run(_: Path) -> dict[str, Any]:
    """Build the wheel, install it by itself, and call it on the sample reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        python, site = install(wheel, folder / "venv")
        packed = wheel.stat().st_size / MB
        sizes, bytecode = weigh(site)
        started = import_ms(python)
        told = try_it(python, folder)
    total = sum(sizes.values())
    return {
        "n": 1,
        "metrics": {
            "wheel_mb": round(packed, 1),
            "site_packages_mb": round(total / MB),
            "bytecode_mb": round(bytecode / MB),
            "import_ms": round(started),
            "import_is_quick": float(started <= IMPORT_MS),
            "runs": float(told != ""),
        },
        "baseline": {"site_packages_mb": SITE_MB, "import_ms": IMPORT_MS},
        "report": [
            f"Python {sys.version.split()[0]}; {told}",
            *(f"{size / MB:7.1f} MB  {name}" for name, size in sizes.most_common(LARGEST)),
        ],
    }


def build(folder: Path) -> Path:
    """Build the wheel of this checkout and give its file."""
    _call(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-cache-dir", "-w", str(folder), str(HOME))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, venv: Path) -> tuple[str, Path]:
    """Make an empty environment and install a wheel with what it needs; gives its interpreter and site-packages."""
    _call(sys.executable, "-m", "venv", str(venv))
    python = str(venv / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    _call(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel))
    where = _call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    return python, Path(where.strip())


def weigh(site: Path) -> tuple[Counter[str], int]:
    """Give the bytes of each package, bytecode apart, and those of all bytecode."""
    sizes: Counter[str] = Counter()
    bytecode = 0
    for path in site.rglob("*"):
        name = path.relative_to(site).parts[0]
        if not path.is_file() or path.is_symlink() or name.split("-")[0] in BROUGHT:
            continue
        if path.suffix == ".pyc":
            bytecode += path.stat().st_size
        else:
            sizes[name] += path.stat().st_size
    return sizes, bytecode


def import_ms(python: str) -> float:
    """Give the milliseconds that `import variorum` takes beyond starting the interpreter."""
    return 1_000 * (_least(python, "import variorum") - _least(python, "pass"))


def try_it(python: str, folder: Path) -> str:
    """Read the sample reports with the installed program and give what it says of the events; "" for a failure."""
    reports = HOME / "examples" / "reports"
    done = subprocess.run(
        [python, "-m", "variorum", "run", str(reports), "-o", "ledger.db", "--workers", "1"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,  # type: ignore[arg-type]
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("Events")]
    return lines[0] if done.returncode == 0 and lines else ""


def _least(python: str, code: str) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run([python, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def _call(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command[:5])} failed: {done.stderr[-800:]}")
    return done.stdout
