#!/usr/bin/env python3
"""Breaks the core on purpose, one line at a time, and tells what `omnisim test scenarios` says to each.

  tests/mutation/breakages.py                 all of them, some minutes; the table goes to standard output
  tests/mutation/breakages.py PATH…           the same with these scenarios and folders alone
  tests/mutation/breakages.py --only NAME     one of them
  tests/mutation/breakages.py --check         only whether each still has its line in the source (part of the tests)

The breakages are applied to a copy of the tree, build/mutation, and built there. Every case must pass before anything is broken. The answer is 0 when each breakage turned a case red, 1 when one stayed green.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
from typing import NamedTuple


class Breakage(NamedTuple):
    name: str
    means: str  # what is wrong with a core that is broken in this way
    file: str
    line: str  # occurs once in the file
    broken: str


BREAKAGES = [
    Breakage("taken-twice", "a message that comes twice has its effects twice", "core/delivery/receiver.cpp",
             "if (!is_new) {", "if (!is_new && envelope.id.empty()) {"),
    Breakage("out-of-order", "messages of a source are taken as they come, not in their order", "core/delivery/sequencer.cpp",
             "if (sequence == source.expected) {", "if (sequence >= source.expected) {"),
    Breakage("no-parking", "an event that comes before its cause becomes a dead letter at once", "core/delivery/receiver.cpp",
             "if (!c_.can().parking) {", "if (c_.can().parking) {"),
    Breakage("no-retry", "a call that failed is not tried again", "core/delivery/dispatcher.cpp",
             "result != CallResult::rejected && can_.retry &&", "result != CallResult::rejected && !can_.retry &&"),
    Breakage("safety-stock", "safety stock is offered on top instead of kept back", "core/inventory/availability.cpp",
             "std::int64_t{ledger_.pool(sku)} - safety_stock(channel)", "std::int64_t{ledger_.pool(sku)} + safety_stock(channel)"),
    Breakage("good-news-only", "a channel is not told that there is less", "core/inventory/availability.cpp",
             "if (number == told) return false;", "if (number <= told) return false;"),
    Breakage("held-for-ever", "units of a cancelled order do not go back on sale", "core/inventory/reservations.cpp",
             "Bucket::reserved, Bucket::sellable, quantity_each);", "Bucket::reserved, Bucket::quarantine, quantity_each);"),
    Breakage("units-vanish", "units that are set aside as damaged leave the books", "core/inventory/ledger.cpp",
             "  add(sku, node, to, quantity_each);", "  if (to != Bucket::damaged) add(sku, node, to, quantity_each);"),
    Breakage("damaged-on-sale", "returned goods go on sale whatever their condition", "core/orchestration/returns.cpp",
             "const Bucket to = part.condition == Condition::resellable ? Bucket::sellable : Bucket::damaged;",
             "const Bucket to = Bucket::sellable;"),
    Breakage("tax-as-revenue", "sales tax of the tills is booked as revenue", "core/finance/posting_rules.json",
             '{"account": 2200, "side": "credit", "amount": "tax"},\n      {"account": 9999, "side": "credit", "amount": "unexplained"},\n'
             '      {"account": 5000, "side": "debit"',
             '{"account": 4000, "side": "credit", "amount": "tax"},\n      {"account": 9999, "side": "credit", "amount": "unexplained"},\n'
             '      {"account": 5000, "side": "debit"'),
    Breakage("dated-when-heard", "an entry is dated when the core hears of it, not when it happened", "core/finance/books.cpp",
             "config_.capabilities.business_time ? context.cause.occurred_at", "config_.capabilities.business_time ? context.now"),
    Breakage("average-as-heard", "a receipt that is told late is averaged in where it is heard", "core/finance/costs.cpp",
             "while (place > 0 && comes_before(entry, entries_[item.order[place - 1]])) --place;",
             "while (place > item.order.size() && comes_before(entry, entries_[item.order[place - 1]])) --place;"),
    Breakage("waits-for-ever", "what a shipping advice says will not come is waited for", "core/orchestration/goods.cpp",
             "refuse(order, body.node, told, told.short_each, PickReason::no_variance);",
             "refuse(order, body.node, told, 0, PickReason::no_variance);"),
    Breakage("left-twice", "what left before a count and is told after it is taken off twice", "core/inventory/counted_shelves.hpp",
             "return cause.occurred_at < reading.at;", "return cause.occurred_at < Time::min();"),
    Breakage("delivered-from-the-shelf", "a delivery takes its goods from the shelf, not from what is in transit", "core/orchestration/arrivals.cpp",
             "c_.post(Occasion::shipment_delivered, goods, order.code, order.channel, {}, order.jurisdiction());",
             "c_.post(Occasion::shipment_shipped, goods, order.code, order.channel, {}, order.jurisdiction());"),
    Breakage("expected-for-ever", "what was expected back and never came is not let go", "core/orchestration/expected_returns.cpp",
             "post(row, left);", ""),
    Breakage("freight-forgotten", "a parcel that is handed over is not accrued", "core/orchestration/freight.cpp",
             "  c_.post(Occasion::freight_accrued, amounts, body.order, {}, body.node);", ""),
    Breakage("reserve-is-spent", "what a marketplace withholds is booked as its commission", "core/orchestration/settlement_lines.cpp",
             "amounts[Component::reserve] = taken;", "amounts[Component::commission] = taken;"),
    Breakage("settled-as-booked", "what a settlement at another rate has made of an order is not booked", "core/orchestration/remittances.cpp",
             "if (!is_principal(kind) || c_.book.orders[order].rate == no_rate) return;",
             "if (!is_principal(kind) || order != no_index) return;"),
    Breakage("log-with-holes", "timers are not in the log that the core is rebuilt from", "core/core.cpp",
             "  impl_->store.append({InputKind::timer, 0, now, {}});", ""),
]

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "build" / "mutation"
OTHERS = {".git", "build", "out", "__pycache__", "node_modules"}


def fail(text: str) -> None:
    sys.exit(f"breakages.py: {text}")


def broken_text(root: pathlib.Path, breakage: Breakage) -> str:
    text = (root / breakage.file).read_text(encoding="utf-8")
    if text.count(breakage.line) != 1:
        fail(f"{breakage.name}: its line is {text.count(breakage.line)} times in {breakage.file}, not once; name the line that has its part now")
    return text.replace(breakage.line, breakage.broken)


def files_below(root: pathlib.Path) -> set:
    found = set()
    for folder, below, files in os.walk(root):
        below[:] = [name for name in below if name not in OTHERS]
        found |= {pathlib.Path(folder, name).relative_to(root) for name in files}
    return found


def copy_tree() -> None:
    """Files that are the same stay untouched, so that nothing is built for them."""
    wanted = files_below(ROOT)
    for name in files_below(SOURCE) - wanted:
        (SOURCE / name).unlink()
    for name in sorted(wanted):
        place = SOURCE / name
        if place.exists() and place.read_bytes() == (ROOT / name).read_bytes():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place)


def build(jobs: int) -> None:
    # The preset's own place, so that the compiler cache knows most of it from the build of the tree itself.
    for command in (["cmake", "--preset", "release"],
                    ["cmake", "--build", "--preset", "release", "--parallel", str(jobs), "--target", "omnisim"]):
        result = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True)
        if result.returncode != 0:
            fail("does not build:\n" + (result.stdout + result.stderr)[-3000:])


def test(paths: list, jobs: int) -> dict:
    command = [str(SOURCE / "build/release/omnisim"), "test", *paths, "--json", "--jobs", str(jobs)]
    result = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True)
    try:
        return json.loads(result.stdout)
    except json.JSONDecodeError:
        fail(f"omnisim test answered {result.returncode} and no JSON: {result.stderr[-2000:]}")
        raise


def red_cases(report: dict) -> list:
    """(scenario, pattern, kind, what)"""
    return [(scenario["scenario"], pattern["pattern"], case["kind"], case["lines"])
            for scenario in report["scenarios"] for pattern in scenario["patterns"] for case in pattern["cases"]
            if case["result"] == "failed"]


def names(values) -> str:
    return ", ".join(sorted(set(values)))


def summary(report: dict) -> list:
    """The columns of the table: cases by kind, the invariants, and the scenarios whose own expectations saw it."""
    red = red_cases(report)
    kinds = [str(sum(1 for case in red if case[2] == kind)) for kind in ("invariants", "rest", "expectations", "golden")]
    invariants = names(line.split(" is broken")[0] for case in red if case[2] == "invariants" for line in case[3] if " is broken" in line)
    return [str(report["exit_code"]), *kinds, invariants or "-", names(case[0] for case in red if case[2] != "golden") or "-"]


def row(cells) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", metavar="PATH", nargs="*", default=["scenarios"], help="what is tested; default: scenarios")
    parser.add_argument("--only", metavar="NAME", choices=[b.name for b in BREAKAGES], help="one breakage")
    parser.add_argument("--check", action="store_true", help="whether each still applies; builds nothing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    chosen = [b for b in BREAKAGES if arguments.only in (None, b.name)]
    for breakage in chosen:
        broken_text(ROOT, breakage)
    if arguments.check:
        return 0

    copy_tree()
    build(arguments.jobs)
    sound = test(arguments.paths, arguments.jobs)
    if sound["exit_code"] != 0:
        fail("something is red before anything is broken: omnisim test scenarios")
    print(f"{sound['passed']} cases pass before anything is broken.\n", flush=True)
    details, green = [], 0
    print(row(["breakage", "exit", "invariants", "rest", "expectations", "golden", "invariants broken", "seen without golden results by"]))
    print(row(["---"] * 8), flush=True)
    for breakage in chosen:
        print(f"breakages.py: {breakage.name}", file=sys.stderr, flush=True)
        file = SOURCE / breakage.file
        whole = file.read_text(encoding="utf-8")
        file.write_text(broken_text(SOURCE, breakage), encoding="utf-8")
        try:
            build(arguments.jobs)
            report = test(arguments.paths, arguments.jobs)
        finally:
            file.write_text(whole, encoding="utf-8")
        green += report["failed"] == 0
        print(row([f"`{breakage.name}`: {breakage.means}", *summary(report)]), flush=True)
        details.append(f"\n{breakage.name} ({breakage.file}): {breakage.means}")
        details += [f"  {scenario} / {pattern} / {kind}: {what[0]}" for scenario, pattern, kind, what in red_cases(report)] or ["  nothing turned red"]
    print("\n".join(details))
    return 1 if green else 0


if __name__ == "__main__":
    sys.exit(main())
