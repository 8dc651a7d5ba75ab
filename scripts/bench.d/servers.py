"""The programs at both ends of a measurement: a sink, a load, and whatever reflects between them."""
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SENDER = "probe@monitor.test"
TARGET = "webscout@company.test"
RETURN = "return@monitor.test"
PYTHON = "/usr/bin/python3"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that listens on a port, for a with statement; ends with it."""

    def __init__(self, command, port, output=subprocess.DEVNULL):
        self.port = port
        self.errors = tempfile.TemporaryFile()
        # In a process group of its own: a launcher script and what it starts end together.
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=self.errors,
                                        start_new_session=True)

    def __enter__(self):
        try:
            self.wait_for_port()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def wait_for_port(self, seconds=20):
        """Returns when it listens; raises with its last words when it ends first or the time is up."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        self.errors.seek(0)
        words = self.errors.read()[-2000:].decode(errors="replace")
        raise RuntimeError(f"{' '.join(self.process.args)} does not listen: {words}")

    def stop(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(10)
                return
            except ProcessLookupError:
                self.process.wait()
                return
            except subprocess.TimeoutExpired:
                pass

    def peak_memory(self):
        """MiB of its largest process at its largest; a launcher may have stayed beside what it started."""
        return max(peak_memory(process) for process in members(self.process.pid))


def members(group):
    """The ids of the processes of a process group."""
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.getpgid(int(entry)) == group:
                yield entry
        except ProcessLookupError:
            pass


def peak_memory(process):
    with open(f"/proc/{process}/status") as status:
        return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM")), 0)


class Sink(Server):
    """Postfix's smtp-sink: takes, counts and discards."""

    def __init__(self, port):
        command = ["/usr/sbin/smtp-sink", "-c"]
        if os.geteuid() == 0:
            command += ["-u", "nobody"]
        self.counters = tempfile.TemporaryFile()
        super().__init__(command + [f"127.0.0.1:{port}", "400"], port, self.counters)

    def messages(self):
        """How many messages it has taken."""
        self.counters.seek(0)
        counts = re.findall(rb"mesg=(\d+)", self.counters.read())
        return int(counts[-1]) if counts else 0


def reflector(way, port, sink_port):
    """The command of the aiosmtpd peer."""
    return [PYTHON, f"{HERE}/reflect_aiosmtpd.py", str(port), f"127.0.0.1:{sink_port}", RETURN, way]


def load(port, messages, message_file, kept):
    """Sends messages over twenty sessions with Postfix's smtp-source; returns messages per second."""
    command = ["/usr/sbin/smtp-source", "-s", "20", "-m", str(messages), "-f", SENDER, "-t", TARGET, "-F", message_file]
    if kept:
        command.append("-d")
    start = time.perf_counter()
    subprocess.run(command + [f"127.0.0.1:{port}"], check=True, stdin=subprocess.DEVNULL)
    return messages / (time.perf_counter() - start)
