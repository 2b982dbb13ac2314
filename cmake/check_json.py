"""Fails on a JSON file that does not parse, or that says a key twice. Comments are allowed, as in scenarios."""

import json
import re
import sys

COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.S)


def once(pairs):
    keys = [key for key, _ in pairs]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"said twice: {', '.join(sorted(twice))}")
    return dict(pairs)


def blank(match):
    return match[1] or re.sub(r"[^\n]", " ", match[0])


broken = 0
for path in sys.argv[1:]:
    try:
        with open(path, encoding="utf-8") as file:
            json.loads(COMMENT.sub(blank, file.read()), object_pairs_hook=once)
    except ValueError as error:
        print(f"{path}: {error}", file=sys.stderr)
        broken = 1
sys.exit(broken)
