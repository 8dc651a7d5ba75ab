"""Row d: what a resident reflector is like beside its rate: its start, connections held open, and half load; row e: through Postfix.

Row s is a soak: many messages through one reflector, with its memory after a full collection, threads and files on the way.
"""
import json
import os
import socket
import statistics
import subprocess
import time

from ours import java
from servers import RETURN, TARGET, Server, Sink, free_port, load, members, reflector

CONNECTIONS = 500
STARTS = 5
LOAD_SECONDS = 5
SOAK_PARTS = 5


def resident(ours):
    """Start to the first accepted connection, 500 held open, and the time added at half of the rate it can do."""
    row = {"name": "mailsonar reflector", "start_ms": round(statistics.median(start_times(ours)))}
    port, sink_port = free_port(), free_port()
    with Sink(sink_port) as _, Server(ours.listener_command(port, sink_port), port) as server:
        for _ in range(3):
            load(port, 5000, ours.message_file, True)
        row["held_mib"] = held(server, port)
        rate = int(load(port, 10000, ours.message_file, True) / 2)
        direct = paced(sink_port, rate, RETURN, ours)
        reflected = paced(port, rate, TARGET, ours)
    row["half_load_per_s"] = rate
    row["half_median_ms"] = round(reflected["median_ms"] - direct["median_ms"], 2)
    row["half_p99_ms"] = round(reflected["p99_ms"] - direct["median_ms"], 2)
    return {"rows": [row]}


def start_times(ours):
    """Milliseconds from the call to the greeting of the first connection that is accepted."""
    times = []
    for _ in range(STARTS):
        port = free_port()
        command = ours.listener_command(port, free_port())
        begun = time.perf_counter()
        with Server(command, port):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.recv(100)
            times.append((time.perf_counter() - begun) * 1000)
    return times


def held(server, port):
    """MiB that connections cost which have said EHLO and then nothing."""
    java_process = largest(server)
    collect(java_process)
    before = resident_memory(java_process)
    connections = []
    try:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            connections.append(connection)
            connection.recv(200)
            connection.sendall(b"EHLO client.test\r\n")
            if not connection.recv(1000).startswith(b"250"):
                raise RuntimeError(f"connection {len(connections)} was not taken")
        return round(resident_memory(java_process) - before, 1)
    finally:
        for connection in connections:
            connection.close()


def paced(port, rate, recipient, ours):
    done = subprocess.run(
        java("org.mailsonar.lab.PacedLoad", str(port), str(rate), str(LOAD_SECONDS), recipient, ours.message_file),
        capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def through_postfix(messages, ours):
    """Messages per second through Postfix, by way of each reflector and back."""
    port = free_port()
    peer_port, our_port = free_port(), free_port()
    servers = {"aiosmtpd, 8 threads, 8 connections kept": (peer_port, reflector("kept", peer_port, port))}
    if ours.present:
        servers["mailsonar reflector"] = (our_port, ours.listener_command(our_port, port))
    started = []
    try:
        for own_port, command in servers.values():
            started.append(Server(command, own_port).__enter__())
        ways = [f"{name}=:{own_port}" for name, (own_port, _) in servers.items()]
        done = subprocess.run(
            java("org.mailsonar.lab.WholeWayRate", str(port), str(messages), ours.message_file, *ways),
            capture_output=True, text=True)
    finally:
        for server in started:
            server.stop()
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return {"rows": [json.loads(line) for line in done.stdout.splitlines()]}


def soak(messages, ours):
    """So many messages in parts, and after each part what the reflector holds."""
    port, sink_port = free_port(), free_port()
    rows = []
    with Sink(sink_port) as sink, Server(ours.listener_command(port, sink_port), port) as server:
        process = largest(server)
        for part in range(1, SOAK_PARTS + 1):
            load(port, messages // SOAK_PARTS, ours.message_file, True)
            rows.append({"name": f"after {part * (messages // SOAK_PARTS)} messages", **holdings(process)})
        sent = messages // SOAK_PARTS * SOAK_PARTS
        if sink.messages() != sent:
            raise RuntimeError(f"{sent} messages sent, but the sink took {sink.messages()}")
    return {"rows": rows}


def holdings(process):
    collect(process)
    return {
        "heap_mib": heap(process),
        "rss_mib": round(resident_memory(process), 1),
        "threads": len(os.listdir(f"/proc/{process}/task")),
        "files": len(os.listdir(f"/proc/{process}/fd")),
    }


def largest(server):
    """The id of the Java process: a launcher may have stayed beside it."""
    return max(members(server.process.pid), key=resident_memory)


def resident_memory(process):
    with open(f"/proc/{process}/status") as status:
        return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS")), 0)


def jcmd(process, *words):
    return subprocess.run([os.environ["JAVA_HOME"] + "/bin/jcmd", str(process), *words],
                          check=True, capture_output=True, text=True).stdout


def collect(process):
    jcmd(process, "GC.run")


def heap(process):
    """MiB in use of the heap, after a full collection."""
    for line in jcmd(process, "GC.class_histogram").splitlines():
        if line.startswith("Total"):
            return round(int(line.split()[2]) / 2**20, 1)
    raise RuntimeError("no total in the class histogram")
