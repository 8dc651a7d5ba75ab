"""Measures Mailsonar's reflector beside small agents as people write them, and prints what came out.

  a  one invocation of a pipe program: wall time, and memory of its largest process
  b  a resident reflector: messages per second, memory, time added to one message
  c  the whole way through a real Postfix: submitted, returned by a .forward program, at the sink
  d  a resident reflector's start, 500 connections held open, and the time it adds at half of the rate that it can do
  e  messages per second through a real Postfix to a resident reflector and back through Postfix
  h  email_return that hands a message over to a resident reflector, and cold: the call, and from the call to the return
  k  checks: 1,000 mail servers in one run, one look beside check_smtp of monitoring-plugins, and what a scheduled one costs
  m  a monitor with its reflector and its database on this machine: round trips per second, and 100,000 targets (ten minutes)
  s  a soak: --soak messages through one listener, and what it holds after each fifth of them (k, m and s are not among the default rows)

The peers neither sign nor verify anything; Mailsonar checks an Ed25519 signature for every message.
"""
import argparse
import json
import os
import subprocess
import sys

import check_row
import handover_row
import listener_row
import machine
import monitor_row
import ours
import pipe_row
import resident_row
import whole_row

HEADS = {
    "a": ("pipe program, one invocation", {
        "median_ms": "ms", "min_ms": "min", "max_ms": "max", "rss_mib": "RSS MiB"}),
    "b": ("resident reflector", {
        "first_per_s": "msg/s at first", "kept_per_s": "msg/s", "each_per_s": "msg/s, session each", "rss_mib": "RSS MiB",
        "added_median_ms": "added ms", "added_p99_ms": "added p99"}),
    "c": ("whole way through Postfix", {
        "median_ms": "ms", "min_ms": "min", "max_ms": "max"}),
    "d": ("resident reflector", {
        "start_ms": "start ms", "held_mib": "500 held MiB", "half_load_per_s": "half load/s", "half_median_ms": "added ms",
        "half_p99_ms": "added p99"}),
    "e": ("rate through Postfix", {"per_s": "msg/s"}),
    "h": ("pipe program beside a resident reflector", {
        "call_ms": "call ms", "call_min_ms": "min", "return_ms": "to return ms", "return_min_ms": "min"}),
    "k": ("checks", {
        "figure": "measured", "goal": "goal", "spread": "min to max"}),
    "m": ("monitor", {
        "per_s": "round trips/s", "answer_p99_ms": "half load: answered p99 ms", "rss_mib": "RSS MiB", "loaded_s": "loaded s",
        "status_s": "status s"}),
    "s": ("soak", {"heap_mib": "heap MiB", "rss_mib": "RSS MiB", "threads": "threads", "files": "files"}),
}

NOTES = {
    "floor_mib": "The program that measures has {} MiB; less could not be seen.",
    "direct_ms": "One message to the sink takes {} ms; \"added\" is what a reflector takes beyond that.",
}


def options():
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="abcdeh", help="which of a to e, h, k, m and s (default: abcdeh)")
    parser.add_argument("--rounds", type=int, default=30, help="invocations per pipe program (default 30)")
    parser.add_argument("--messages", type=int, default=5000, help="messages per load (default 5000)")
    parser.add_argument("--journeys", type=int, default=20, help="messages of row c (default 20)")
    parser.add_argument("--soak", type=int, default=200000, help="messages of row s (default 200000)")
    parser.add_argument("--peers-only", action="store_true", help="leave Mailsonar out")
    parser.add_argument("--pipe-command", default=ours.PIPE, metavar="COMMAND",
                        help="Mailsonar's pipe program; {config} is put in (default: %(default)s)")
    parser.add_argument("--listener-command", default=ours.LISTENER, metavar="COMMAND",
                        help="Mailsonar's resident reflector, likewise (default: %(default)s)")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    return parser.parse_args()


def measure(chosen):
    with ours.Ours(not chosen.peers_only, chosen.pipe_command, chosen.listener_command) as mailsonar:
        measures = {
            "a": lambda: pipe_row.measure(chosen.rounds, mailsonar),
            "b": lambda: listener_row.measure(chosen.messages, mailsonar),
            "c": lambda: whole_row.measure(chosen.journeys, mailsonar),
            "d": lambda: resident_row.resident(mailsonar),
            "e": lambda: resident_row.through_postfix(chosen.messages // 2, mailsonar),
            "h": lambda: handover_row.measure(chosen.rounds, mailsonar),
            "k": lambda: check_row.measure(mailsonar),
            "m": lambda: monitor_row.measure(mailsonar),
            "s": lambda: resident_row.soak(chosen.soak, mailsonar),
        }
        return {row: measures[row]() for row in chosen.rows}


def table(title, columns, rows):
    cells = [[title, *columns.values()]]
    cells += [[row["name"], *(str(row.get(key, "-")) for key in columns)] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    for line in cells:
        print("  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths))))


def main():
    chosen = options()
    if not set(chosen.rows) <= set(HEADS):
        sys.exit("scripts/bench: --rows takes the letters a to e, h, k, m and s")
    try:
        result = {"machine": machine.describe(ours.ROOT), "rows": measure(chosen)}
    except (RuntimeError, OSError, subprocess.CalledProcessError) as trouble:
        sys.exit(f"scripts/bench: {trouble}")
    print(", ".join(f"{name} {value}" for name, value in result["machine"].items()), end="\n\n")
    for row, measured in result["rows"].items():
        table(*HEADS[row], measured["rows"])
        print()
        for name, note in NOTES.items():
            if name in measured:
                print(note.format(measured[name]), end="\n\n")
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=2)


os.environ["LC_ALL"] = "C"
main()
