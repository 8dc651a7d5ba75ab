"""Row m: a monitor at work, with reflector and database on the same machine: round trips a second on SQLite and on PostgreSQL, how long
the reflector waits for the monitor's answer at half load, and what 100,000 targets cost.

The monitor hands its probes to the reflector's listener and the reflector its returns to the monitor's, so no other mail server takes part.
"""
import contextlib
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import time
import urllib.request

from ours import ROOT, java
from resident_row import largest, resident_memory
from servers import RETURN, SENDER, TARGET, Server, free_port

MONITOR = f"{ROOT}/scripts/mailsonar"
EVERY = 40
OFFERED = 20000
WARM = 30
MEASURED = 40
MANY = 100000
SPREAD = 60


def measure(ours):
    rows = []
    with postgres(ours) as database:
        for name, where in (("SQLite", None), ("PostgreSQL", database)):
            rows.append(one(name, ours, where))
        rows.append(two(ours, database))
    rows.append(many(ours))
    return {"rows": rows}


@contextlib.contextmanager
def postgres(ours):
    """A PostgreSQL: its URL, and the file with its password."""
    password = f"{ours.directory}/postgres-password"
    command = java("org.mailsonar.lab.BenchDatabase", password)
    command[2] += ":" + tests_class_path(ours.directory)
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        url = holder.stdout.readline().strip()
        if not url:
            raise RuntimeError("PostgreSQL does not start")
        os.chmod(password, 0o600)
        yield url, password
    finally:
        holder.stdin.close()
        holder.wait(30)


def tests_class_path(directory):
    """What tests have beside Mailsonar's own classes: PostgreSQL's programs are in there."""
    file = f"{directory}/class-path"
    subprocess.run(["mvn", "-q", "-B", "-f", f"{ROOT}/pom.xml", "dependency:build-classpath",
                    "-Dmdep.includeScope=test", f"-Dmdep.outputFile={file}"], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(file) as text:
        return text.read()


class Site:
    """A directory with a monitor's and a reflector's files; what runs in it ends with it."""

    def __init__(self, ours, database, targets, every, vantage="bench"):
        self.directory = f"{ours.directory}/site-{free_port()}"
        os.mkdir(self.directory)
        for key in ("monitor.key", "monitor.pub"):
            shutil.copy(f"{ours.directory}/{key}", self.directory)
        self.ours = ours
        self.database = database
        self.returns, self.listens, self.metrics = free_port(), free_port(), free_port()
        self.write_reflector()
        self.monitor_file = self.write_monitor("monitor", targets, every, vantage)

    def write_reflector(self):
        with open(f"{self.directory}/reflector.yaml", "w") as file:
            file.write(f"""
address: {TARGET}
trust: [{{key: monitor.pub, returnTo: ["{RETURN}"]}}]
relay: smtp://127.0.0.1:{self.returns}?connections=64
listen: ["smtp://127.0.0.1:{self.listens}"]
limits: {{connections: 600, connectionsPerClient: 600, replayWindow: off}}
metrics: {self.metrics}
""")

    def write_monitor(self, name, targets, every, vantage, returns=True):
        path = f"{self.directory}/{name}.yaml"
        where = "jdbc:sqlite:ledger.db"
        if self.database:
            where = f"{{url: '{self.database[0]}', passwordFile: {self.database[1]}, journal: {name}-journal.db}}"
        listen = f'returns: ["smtp://127.0.0.1:{self.returns}"]' if returns else ""
        with open(path, "w") as file:
            file.write(f"""
vantage: {vantage}
database: {where}
key: monitor.key
from: {SENDER}
returnTo: {RETURN}
submit: smtp://127.0.0.1:{self.listens}?connections=64
{listen}
selfProbe: off
defaults: {{every: {every}, slowAfter: 10s, timeout: 30s}}
targets:
""")
            file.writelines(f"  - {{address: {TARGET}, name: t{i}}}\n" for i in range(targets))
        return path

    def reflector(self):
        return Server(self.ours.reflector(f"{self.directory}/reflector.yaml"), self.listens)

    def monitor(self, path=None):
        return subprocess.Popen([MONITOR, "monitor", "--config", path or self.monitor_file], stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=open(f"{self.directory}/monitor.log", "ab"),
                                start_new_session=True)

    def query(self, sql):
        if not self.database:
            with contextlib.closing(sqlite3.connect(f"{self.directory}/ledger.db", timeout=30)) as connection:
                return connection.execute(sql).fetchone()[0]
        url = self.database[0].removeprefix("jdbc:")
        with open(self.database[1]) as file:
            environment = {**os.environ, "PGPASSWORD": file.read()}
        answer = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-d", url, "-c", sql], env=environment, check=True,
                                stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return float(answer.stdout)

    def returned_per_second(self, seconds):
        begun = time.time()
        time.sleep(seconds)
        took = time.time() - begun
        where = f"received_micros BETWEEN {int(begun * 1e6)} AND {int((begun + took) * 1e6)}"
        return self.query(f"SELECT count(*) FROM probe WHERE {where}") / took

    def quantiles(self):
        """The buckets of how long the monitor took to answer for a return: upper bound in s to count."""
        text = urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=10).read().decode()
        found = re.findall(r'mailsonar_reflector_relay_seconds_bucket\{[^}]*accepted[^}]*le="([^"]+)"[^}]*\} (\S+)', text)
        return {float(bound): float(count) for bound, count in found}


def stop(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def one(name, ours, database):
    """A monitor that has more to do than it can, and then half of what it could."""
    row = {"name": f"one monitor, {name}"}
    site = Site(ours, database, OFFERED, f"{EVERY}s")
    with site.reflector():
        monitor = site.monitor()
        try:
            time.sleep(WARM)
            rate = site.returned_per_second(MEASURED)
        finally:
            stop(monitor)
        row["per_s"] = round(rate)
        site.monitor_file = site.write_monitor("monitor", max(1, int(rate / 2 * EVERY)), f"{EVERY}s", "bench")
        monitor = site.monitor()
        try:
            time.sleep(WARM)
            before = site.quantiles()
            time.sleep(MEASURED)
            row["answer_p99_ms"] = p99(before, site.quantiles())
            row["rss_mib"] = round(memory(monitor))
        finally:
            stop(monitor)
    return row


def two(ours, database):
    """Two monitors of a vantage share the agenda; the returns of both come to the first one."""
    site = Site(ours, database, OFFERED, f"{EVERY}s", "two")
    second = site.write_monitor("second", OFFERED, f"{EVERY}s", "two", returns=False)
    with site.reflector():
        monitors = [site.monitor(), site.monitor(second)]
        try:
            time.sleep(WARM)
            rate = site.returned_per_second(MEASURED)
        finally:
            for monitor in monitors:
                stop(monitor)
    return {"name": "two monitors, PostgreSQL", "per_s": round(rate)}


def many(ours):
    """100,000 targets: until the agenda holds them all, the memory with them, and status over them."""
    site = Site(ours, None, MANY, "20m")
    with site.reflector():
        begun = time.monotonic()
        monitor = site.monitor()
        try:
            while not planned(site):
                if time.monotonic() - begun > 300 or monitor.poll() is not None:
                    raise RuntimeError(f"{MANY} targets are not on the agenda; see {site.directory}/monitor.log")
                time.sleep(0.2)
            loaded = time.monotonic() - begun
            time.sleep(SPREAD)
            row = {"name": f"{MANY} targets, SQLite", "loaded_s": round(loaded, 1), "rss_mib": round(memory(monitor)),
                   "per_s": round(site.returned_per_second(10))}
        finally:
            stop(monitor)
        begun = time.monotonic()
        subprocess.run(shlex.split(f"{MONITOR} status --config {site.monitor_file}"), stdout=subprocess.DEVNULL)
        row["status_s"] = round(time.monotonic() - begun, 1)
    return row


def planned(site):
    try:
        return site.query("SELECT count(*) FROM agenda") >= MANY
    except sqlite3.OperationalError:
        return False


def memory(monitor):
    class Group:
        process = monitor
    return resident_memory(largest(Group))


def p99(before, after):
    """The upper bound in ms of the bucket in which the 99th hundredth lies."""
    counts = {bound: after[bound] - before.get(bound, 0) for bound in sorted(after)}
    total = counts[max(counts)]
    return next(round(bound * 1000, 1) for bound, count in counts.items() if count >= 0.99 * total)
