"""Writes the table of docs/scenarios.md: every bad day under every pattern, from runs of the program.

Usage: bad_days.py PROGRAM docs/scenarios.md
What lies between the two markers of the page is replaced."""
import json
import math
import pathlib
import subprocess
import sys

FOLDERS = ["stock", "orders", "money", "close", "books", "outage", "promotion"]
PATTERNS = ["ideal", "nightly-batch", "point-to-point", "polling-hub", "event-choreography", "event-orchestrated"]
FIGURES = [  # metric, heading, decimals
    ("oversell.units", "Oversold units", 0),
    ("undersell.units", "Units turned away though they were there", 0),
    ("drift.book.abs_mean", "Stock record wrong by, units each, mean over time", 4),
    ("close.misstatement", "Misstated at the close, EUR", 2),
    ("close.hours", "Hours to close", 1),
]
BEGIN, END = "<!-- table: ./dev scenarios -->\n", "<!-- end of table -->\n"


def figures(program, file, pattern):
    run = subprocess.run([program, "run", str(file), "--pattern", pattern, "--json"], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{file} under {pattern}: {run.stderr}")
    metrics = json.loads(run.stdout)["metrics"]
    value = lambda name: metrics[name]["value"] if isinstance(metrics[name], dict) else metrics[name]
    found = {name: value(name) for name, *_ in FIGURES}
    # What is not there, there twice or in the wrong account does not become right by waiting.
    if any(value("close.misstatement." + part) > 0 for part in ("completeness", "duplication", "classification")):
        found["close.hours"] = math.inf
    return found


def written(value, decimals):
    if math.isinf(value):
        return "never"
    if 0 < value < 0.5 * 10**-decimals:
        return f"< {10**-decimals:.{decimals}f}"
    return "0" if value == 0 else f"{value:,.{decimals}f}"


def main(program, page):
    runs = {}
    for folder in FOLDERS:
        for file in sorted(pathlib.Path("scenarios", folder).glob("*.json")):
            runs[f"{folder}/{file.stem}"] = {pattern: figures(program, file, pattern) for pattern in PATTERNS}
    lines = [f"{len(runs)} scenarios, {len(runs) * len(PATTERNS)} runs, seed 1. What is not listed under a heading is zero there under every pattern.", ""]
    better = []
    for name, heading, decimals in FIGURES:
        lines += [f"### {heading}", "", "| scenario | " + " | ".join(PATTERNS) + " |", "|---" * (len(PATTERNS) + 1) + "|"]
        for scenario, row in runs.items():
            cells = [written(row[pattern][name], decimals) for pattern in PATTERNS]
            if any(cell != "0" for cell in cells):
                lines.append(f"| {scenario} | " + " | ".join(cells) + " |")
            ours = row[PATTERNS[-1]][name]
            for pattern in PATTERNS[1:-1]:
                if float(f"{row[pattern][name]:.{decimals}f}") < float(f"{ours:.{decimals}f}"):
                    better.append(f"| {scenario} | {heading[0].lower() + heading[1:]} | {pattern}: {written(row[pattern][name], decimals)} | {written(ours, decimals)} |")
        lines.append("")
    lines += ["### Where a pattern without an orchestrating core does better than the one with it", "",
              "| scenario | what | it | orchestrated |", "|---|---|---|---|"] + better
    text = pathlib.Path(page).read_text()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    pathlib.Path(page).write_text(text[:begin] + "\n" + "\n".join(lines) + "\n\n" + text[end:])


main(*sys.argv[1:])
