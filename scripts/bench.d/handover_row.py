"""Row h: email_return as it hands a message over to a resident reflector, and cold: the call, and from the call to the return at a sink."""
import os
import queue
import socket
import statistics
import threading
import time

from servers import Server, free_port

WARM_UP = 5
PATIENCE = 20


class TimingSink:
    """An SMTP server that takes everything and notes when; in this process, so that its clock is the caller's."""

    def __init__(self, port):
        self.arrivals = queue.Queue()
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                session, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(session,), daemon=True).start()

    def serve(self, session):
        session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with session, session.makefile("rb") as lines:
            session.sendall(b"220 sink ESMTP\r\n")
            in_data = False
            for line in lines:
                if in_data and line != b".\r\n":
                    continue
                if in_data:
                    self.arrivals.put(time.perf_counter_ns())
                command = b"" if in_data else line[:4].upper()
                in_data = command == b"DATA"
                session.sendall(reply(command))
                if command == b"QUIT":
                    return


def reply(command):
    return {b"DATA": b"354 go on\r\n", b"QUIT": b"221 2.0.0 bye\r\n", b"EHLO": b"250-sink\r\n250 PIPELINING\r\n"}.get(
        command, b"250 2.0.0 Ok\r\n")


def call(command, message, sink):
    """Milliseconds to the program's end, and to the return at the sink."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/", "SENDER": "probe@monitor.test",
                   "RECIPIENT": "webscout@company.test"}
    start = time.perf_counter_ns()
    child = os.posix_spawn(command[0], command, environment,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 0, message, os.O_RDONLY, 0)])
    _, status = os.waitpid(child, 0)
    end = time.perf_counter_ns()
    if status != 0:
        raise RuntimeError(f"{command[0]}: exit status {os.waitstatus_to_exitcode(status)}")
    return (end - start) / 1e6, (sink.arrivals.get(timeout=PATIENCE) - start) / 1e6


def with_spool(configuration, spool):
    """The same configuration with a spool; its line stands first, as it should."""
    name = configuration.replace(".yaml", "-spool.yaml")
    with open(configuration, encoding="utf-8") as old, open(name, "w", encoding="utf-8") as new:
        new.write(f"spool: {spool}\n{old.read()}")
    return name


def wait_for_lease(spool):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if os.stat(f"{spool}/alive").st_mtime > time.time():
                return
        except FileNotFoundError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"nobody watches {spool}")


def measure(rounds, ours):
    """Both by turns, with the same resident reflector beside them, which the cold one does not know of."""
    if not ours.present:
        return {"rows": []}
    port, sink_port = free_port(), free_port()
    cold = ours.configuration(port, sink_port)
    spool = f"{ours.directory}/spool"
    warm = with_spool(cold, spool)
    ways = {"mailsonar email_return, handed over": warm, "mailsonar email_return, cold": cold}
    runs = {name: [] for name in ways}
    with TimingSink(sink_port) as sink, Server(ours.reflector(warm), port):
        wait_for_lease(spool)
        for _ in range(WARM_UP + rounds):
            for name, configuration in ways.items():
                runs[name].append(call(ours.pipe_program(configuration), ours.message_file, sink))
    return {"rows": [row(name, times[WARM_UP:]) for name, times in runs.items()]}


def row(name, times):
    calls = sorted(call for call, _ in times)
    returns = sorted(arrival for _, arrival in times)
    return {
        "name": name,
        "call_ms": round(statistics.median(calls), 1),
        "call_min_ms": round(calls[0], 1),
        "return_ms": round(statistics.median(returns), 1),
        "return_min_ms": round(returns[0], 1),
    }
