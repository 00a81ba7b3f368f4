"""Names of the managed methods in an emulator's traces by their first run: 'nm --print-size' on standard input, traces as arguments."""
import bisect
import re
import sys

fields = [line.split() for line in sys.stdin]
first, end = (next(int(f[0], 16) for f in fields if f[-1] == f"__{edge}___managedcode") for edge in ("start", "stop"))
symbols = sorted((int(f[0], 16), int(f[1], 16), f[3]) for f in fields if len(f) == 4 and first <= int(f[0], 16) < end)
starts = [start for start, _, _ in symbols]
seen = {}
for trace in sys.argv[1:]:
    base = None
    for line in open(trace, errors="replace"):
        # The first mapping that is shown is the program's own.
        if base is None and (mapping := re.match(r"([0-9a-f]{16})-", line)):
            base = int(mapping[1], 16)
        code = re.match(r"0x([0-9a-f]+):", line)
        if not code:
            continue
        address = int(code[1], 16) - base
        at = bisect.bisect_right(starts, address) - 1
        if at >= 0 and address < starts[at] + symbols[at][1]:
            seen.setdefault(symbols[at][2], None)
sys.stdout.writelines(f"{name}\n" for name in seen)
