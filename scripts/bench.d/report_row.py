"""Row r: the report of a day and the week before it, from 100,000 and from 1,000,000 probes of 200 targets: time and memory, cold start included.

Half of the probes are of the day itself. One of a hundred is lost. HTML with its pictures, and text from PostgreSQL as well.
"""
import calendar
import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys

import monitor_row
from ours import ROOT

DAY = "2026-11-20"
BEGIN = calendar.timegm((2026, 11, 20, 0, 0, 0))
TARGETS = 200
SIZES = (100_000, 1_000_000)
ROUNDS = 3
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
COLUMNS = ("id", "target", "address", "vantage", "monitor", "retry", "sent_micros", "slow_nanos", "timeout_nanos", "deadline_micros",
           "submission", "outcome", "ended_micros", "received_micros", "round_trip_nanos", "clock", "resolution_nanos")


def measure(ours):
    rows = []
    with monitor_row.postgres(ours) as database:
        for number in SIZES:
            site = monitor_row.Site(ours, None, TARGETS, "20m")
            fill_sqlite(site, number)
            rows.append(one(f"SQLite, {number:,} probes, text", site, "text"))
            rows.append(one(f"SQLite, {number:,} probes, HTML", site, "html"))
            site = monitor_row.Site(ours, database, TARGETS, "20m")
            fill_postgres(site, number)
            rows.append(one(f"PostgreSQL, {number:,} probes, text", site, "text"))
    return {"rows": rows}


def one(name, site, output):
    """The median of some runs, and the most memory that one of them had."""
    command = report(site, output)
    with subprocess.Popen([sys.executable, "-B", f"{ROOT}/scripts/bench.d/run_cold.py", str(ROUNDS), "/dev/null"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as runner:
        answer, _ = runner.communicate(json.dumps([command]))
    runs = json.loads(answer)["runs"][0]
    if any(run["status"] != 0 for run in runs):
        raise RuntimeError("mailsonar report failed: " + " ".join(command))
    return {"name": name, "report_s": round(sorted(run["ms"] for run in runs)[ROUNDS // 2] / 1000, 1),
            "rss_mib": round(max(run["mib"] for run in runs))}


def report(site, output):
    return [monitor_row.MONITOR, "report", "--config", site.monitor_file, "--day", DAY, "--zone", "UTC", "--format", output]


def probes(number):
    """Rows in the order in which they were sent: half of them over the week before, half over the day."""
    chance = random.Random(number)
    for begin, length in ((BEGIN - 7 * 86400, 7 * 86400), (BEGIN, 86400)):
        for i in range(number // 2):
            yield row(chance, begin * 1_000_000 + i * length * 2_000_000 // number, i % TARGETS)


def row(chance, sent, target):
    lost = chance.random() < 0.01
    took = None if lost else int(chance.lognormvariate(-3, 1) * 1e9)
    ended = sent + (30_000_000 if lost else took // 1000)
    received = None if lost else ended
    return (identifier(chance, sent // 1000), f"t{target}", "webscout@company.test", "bench", "bench-1", 0, sent, 10_000_000_000,
            30_000_000_000, sent + 30_000_000, "250 2.0.0 Ok: queued as 4cXyZ12345zBcD",
            "lost" if lost else "returned" if took <= 30_000_000_000 else "late", ended, received, took,
            None if lost else "monotonic", None if lost else 1)


def identifier(chance, millis):
    bits = millis << 80 | chance.getrandbits(80)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(125, -1, -5))


def fill_sqlite(site, number):
    make_tables(site)
    with contextlib.closing(sqlite3.connect(f"{site.directory}/ledger.db")) as connection:
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO probe ({', '.join(COLUMNS)}) VALUES ({marks})", probes(number))
        connection.commit()


def fill_postgres(site, number):
    make_tables(site)
    site.query("TRUNCATE probe; SELECT 0")
    url = site.database[0].removeprefix("jdbc:")
    with open(site.database[1]) as file:
        environment = {**os.environ, "PGPASSWORD": file.read()}
    command = ["psql", "-X", "-q", "-d", url, "-c", f"COPY probe ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv)"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, text=True) as copy:
        for values in probes(number):
            copy.stdin.write(",".join("" if value is None else str(value) for value in values) + "\n")
        copy.stdin.close()
    if copy.returncode != 0:
        raise RuntimeError("psql could not copy the probes")
    site.query("ANALYZE probe; SELECT 0")


def make_tables(site):
    """The first command that opens a database makes its tables."""
    subprocess.run(report(site, "text"), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
