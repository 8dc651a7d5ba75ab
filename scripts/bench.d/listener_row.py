"""Row b: a resident reflector between a load and a sink: messages per second, memory, and the time that one message gains."""
import socket
import statistics
import time

from servers import RETURN, SENDER, TARGET, Server, Sink, free_port, load, reflector

REPEATS = 3
# What stays is measured as it is when it has been there for a while; the rate of the first load is told beside.
WARM_LOADS = 5
TIMED = 1000
WARM_UP = 200


class Session:
    """One SMTP session of a client that sends each message and its final dot in one write."""

    def __init__(self, port, recipient):
        self.recipient = recipient
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = self.socket.makefile("rb")
        self.expect(b"2")
        self.command(f"EHLO {SENDER.partition('@')[2]}")

    def expect(self, first):
        while True:
            reply = self.replies.readline()
            if reply[3:4] != b"-":
                break
        if not reply.startswith(first):
            raise RuntimeError(f"unexpected reply: {reply}")

    def command(self, line, first=b"2"):
        self.socket.sendall(line.encode() + b"\r\n")
        self.expect(first)

    def timed_message(self, data):
        """Milliseconds from the message with its final dot to the reply."""
        self.command(f"MAIL FROM:<{SENDER}>")
        self.command(f"RCPT TO:<{self.recipient}>")
        self.command("DATA", b"3")
        start = time.perf_counter_ns()
        self.socket.sendall(data)
        self.expect(b"2")
        return (time.perf_counter_ns() - start) / 1e6


def message_times(port, recipient, message_file):
    with open(message_file, "rb") as file:
        lines = file.read().splitlines()
    data = b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"
    session = Session(port, recipient)
    times = [session.timed_message(data) for _ in range(WARM_UP + TIMED)][WARM_UP:]
    session.command("QUIT")
    return times


def throughput(port, messages, message_file):
    """Median messages per second, with sessions that are kept and with one for each message."""
    rates = {}
    for kept in (True, False):
        runs = [load(port, messages, message_file, kept) for _ in range(REPEATS)]
        rates["kept_per_s" if kept else "each_per_s"] = round(statistics.median(runs))
    return rates


def measure(messages, ours):
    """The sink alone, the peers, and Mailsonar where ours.listener_command(port, sink port) gives a command."""
    sink_port = free_port()
    with Sink(sink_port):
        direct = statistics.median(message_times(sink_port, RETURN, ours.message_file))
        rows = [{"name": "smtp-sink alone", **throughput(sink_port, messages, ours.message_file)}]
    for way, name in (("kept", "8 connections kept"), ("each", "a connection each")):
        rows.append(one(f"aiosmtpd, 8 threads, {name}", lambda port, sink: reflector(way, port, sink),
                        messages, ours, direct))
    if ours.present:
        rows.append(one("mailsonar reflector", ours.listener_command, messages, ours, direct))
    return {"direct_ms": round(direct, 3), "rows": rows}


def one(name, command, messages, ours, direct):
    port, sink_port = free_port(), free_port()
    with Sink(sink_port) as sink, Server(command(port, sink_port), port) as server:
        first = load(port, messages, ours.message_file, True)
        for _ in range(WARM_LOADS):
            load(port, messages, ours.message_file, True)
        times = message_times(port, TARGET, ours.message_file)
        rates = throughput(port, messages, ours.message_file)
        memory = server.peak_memory()
        sent = (1 + WARM_LOADS + 2 * REPEATS) * messages + WARM_UP + TIMED
        if sink.messages() != sent:
            raise RuntimeError(f"{name}: {sent} messages sent, but the sink took {sink.messages()}")
    added = sorted(time - direct for time in times)
    return {
        "name": name,
        "first_per_s": round(first),
        **rates,
        "rss_mib": round(memory, 1),
        "added_median_ms": round(statistics.median(added), 2),
        "added_p99_ms": round(added[len(added) * 99 // 100], 2),
    }
