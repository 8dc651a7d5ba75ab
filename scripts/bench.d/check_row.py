"""Row k: checks. 1,000 endpoints in one run, one look beside check_smtp, and the processor time of a scheduled check."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from ours import ROOT, java
from servers import HERE, PYTHON, Server, Sink, free_port

ENDPOINTS = 1000
AT_A_TIME = 200
ROUNDS = 15
CALLS_BEFORE = 300
SCHEDULED = 5000
CHECK_SMTP = "/usr/lib/nagios/plugins/check_smtp"
MAILSONAR = f"{ROOT}/scripts/mailsonar"


def measure(_):
    return {"rows": [endpoints(), *cold(), *scheduled()]}


def endpoints():
    """Each endpoint has an address of its own, as the limit for each host wants it; so all is done where loopback is all there is."""
    done = subprocess.run(["unshare", "--net", PYTHON, "-B", f"{HERE}/check_row.py", "inside"], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())
    runs = sorted(json.loads(done.stdout))
    return row(f"{ENDPOINTS} smtp:// in one run, {AT_A_TIME} at a time", statistics.median(runs), runs, "s", 2, "at most 5 s")


def inside():
    """Runs in a network of its own: smtp-sink listens on every address there, and nobody else can reach it."""
    loopback_up()
    port = free_port()
    sink = subprocess.Popen(
        ["/usr/sbin/smtp-sink", "-u", "nobody", f"0.0.0.0:{port}", "1000"], stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        urls = "".join(f"smtp://127.1.{number // 250}.{number % 250 + 1}:{port}\n" for number in range(ENDPOINTS))
        runs = []
        for _ in range(4):
            start = time.perf_counter()
            done = subprocess.run(
                [MAILSONAR, "check", "--parallel", str(AT_A_TIME), "--file", "/dev/stdin"],
                input=urls, capture_output=True, text=True)
            runs.append(time.perf_counter() - start)
            good = sum(line.startswith("good ") for line in done.stdout.splitlines())
            if good != ENDPOINTS:
                sys.exit(f"{good} of {ENDPOINTS} were good; {done.stdout[:300]} {done.stderr[:300]}")
        print(json.dumps(runs[1:]))
    finally:
        sink.kill()


def loopback_up():
    import fcntl
    import socket
    import struct
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up_and_running = 0x41
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", up_and_running))


def cold():
    """By turns, so that all have the same machine. The resident has done some calls before, as one that runs for a while has."""
    port = free_port()
    ours = [MAILSONAR, "check", f"smtp://127.0.0.1:{port}"]
    with Sink(port), tempfile.TemporaryDirectory() as directory, Resident(directory) as resident:
        for _ in range(CALLS_BEFORE):
            subprocess.run(ours, env=resident.environment, check=True, stdout=subprocess.DEVNULL)
        commands = {
            "mailsonar check smtp://, cold": (ours, {**os.environ, "MAILSONAR_RESIDENT": "none"}),
            "the same by a resident checker": (ours, resident.environment),
            "check_smtp of monitoring-plugins": ([CHECK_SMTP, "-H", "127.0.0.1", "-p", str(port)], None),
        }
        times = {name: [] for name in commands}
        for _ in range(ROUNDS + 2):
            for name, (command, environment) in commands.items():
                start = time.perf_counter()
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
                times[name].append((time.perf_counter() - start) * 1000)
        memory = resident.server.peak_memory()
    medians = [statistics.median(runs[2:]) for runs in times.values()]
    rows = [row(name, statistics.median(runs[2:]), runs[2:], "ms", 1, "-") for name, runs in times.items()]
    rows.append({"name": "so many times as long, cold", "figure": f"{medians[0] / medians[2]:.1f}", "goal": "at most 5"})
    rows.append({"name": "so many times as long, by a resident", "figure": f"{medians[1] / medians[2]:.1f}", "goal": "at most 5"})
    rows.append({"name": f"peak memory of the resident after {CALLS_BEFORE} calls", "figure": f"{memory:.0f} MiB", "goal": "stated"})
    return rows


class Resident:
    """A resident checker with a directory of its own, for a with statement."""

    def __init__(self, directory):
        self.socket = f"{directory}/check"
        self.environment = {**os.environ, "MAILSONAR_RESIDENT": directory}
        self.server = Server(["env", f"MAILSONAR_RESIDENT={directory}", MAILSONAR, "check", "--resident"], 0)

    def __enter__(self):
        deadline = time.monotonic() + 20
        while not os.path.exists(self.socket):
            if time.monotonic() > deadline or self.server.process.poll() is not None:
                self.server.stop()
                raise RuntimeError("the resident checker did not start")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.server.stop()


def scheduled():
    """The server is another process each time, so that its work is not counted."""
    port, smtps = free_port(), free_port()
    with Sink(port):
        rows = [cost(f"one of {SCHEDULED} checks in a warm process, CPU", f"smtp://127.0.0.1:{port}")]
    with tempfile.TemporaryDirectory() as directory:
        starttls = free_port()
        with Server([PYTHON, "-B", f"{HERE}/tls_sink.py", directory, str(starttls), str(smtps)], smtps):
            ca = f"caFile={directory}/ca.pem"
            rows.append(cost("the same with STARTTLS, a whole handshake each", f"smtp://127.0.0.1:{starttls}?starttls=require&{ca}"))
            rows.append(cost("the same of smtps://", f"smtps://127.0.0.1:{smtps}?{ca}"))
    return rows


def cost(name, url):
    done = subprocess.run(java("org.mailsonar.lab.CheckCost", url, str(SCHEDULED)), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    figures = json.loads(done.stdout)
    return {"name": name, "figure": f"{figures['cpuMillis']:.2f} ms", "goal": "at most 2 ms",
            "spread": f"{figures['least']:.2f} to {figures['most']:.2f}"}


def row(name, figure, runs, unit, digits, goal):
    return {"name": name, "figure": f"{figure:.{digits}f} {unit}", "goal": goal,
            "spread": f"{min(runs):.{digits}f} to {max(runs):.{digits}f}"}


if __name__ == "__main__" and sys.argv[1:] == ["inside"]:
    inside()
