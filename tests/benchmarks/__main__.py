"""`make bench`: runs the `main` of every `bench_*.py` beside this file, one after the other."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(only: list[str]) -> None:
    """Run the benchmarks whose names contain one of `only`; all when it is empty."""
    folder = Path(__file__).parent
    sys.path[:0] = [str(folder), str(folder.parent)]
    for file in sorted(folder.glob("bench_*.py")):
        if only and not any(part in file.stem for part in only):
            continue
        module = import_module(file.stem)
        title = (module.__doc__ or file.stem).strip().splitlines()[0]
        print(f"\n{title}\n{'-' * len(title)}", flush=True)
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
