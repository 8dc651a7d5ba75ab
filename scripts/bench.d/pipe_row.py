"""Row a: one invocation of a pipe program, from its start to its end, with the return taken by a sink."""
import json
import statistics
import subprocess

from servers import HERE, PYTHON, RETURN, Sink, free_port

WARM_UP = 2


def peers(sink_port):
    relay = f"127.0.0.1:{sink_port}"
    return {
        "agent.pl (Perl, Net::SMTP)": ["/usr/bin/perl", f"{HERE}/agent.pl", relay, RETURN],
        "agent.py (Python, smtplib)": [PYTHON, f"{HERE}/agent.py", relay, RETURN],
    }


def measure(rounds, ours):
    """Runs all programs by turns; ours.pipe_command(sink port) gives Mailsonar's command."""
    sink_port = free_port()
    commands = peers(sink_port)
    command = ours.pipe_command(sink_port)
    if command:
        commands["mailsonar email_return"] = command
    with Sink(sink_port) as sink:
        helper = subprocess.run(
            [PYTHON, "-B", "-S", "-I", f"{HERE}/run_cold.py", str(rounds + WARM_UP), ours.message_file],
            input=json.dumps(list(commands.values())), capture_output=True, text=True, check=True)
        taken = sink.messages()
    measured = json.loads(helper.stdout)
    rows = [row(name, runs) for name, runs in zip(commands, measured["runs"])]
    expected = sum(len(runs) for runs in measured["runs"])
    if taken != expected:
        raise RuntimeError(f"{expected} invocations, but the sink took {taken} messages")
    return {"floor_mib": round(measured["floor"], 1), "rows": rows}


def row(name, runs):
    failed = [run["status"] for run in runs if run["status"] != 0]
    if failed:
        raise RuntimeError(f"{name}: exit status {failed[0]} in {len(failed)} of {len(runs)} runs")
    kept = runs[WARM_UP:]
    times = sorted(run["ms"] for run in kept)
    return {
        "name": name,
        "median_ms": round(statistics.median(times), 1),
        "min_ms": round(times[0], 1),
        "max_ms": round(times[-1], 1),
        "rss_mib": round(statistics.median(run["mib"] for run in kept), 1),
    }
