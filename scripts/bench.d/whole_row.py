"""Row c: the whole way of one message through a private Postfix, measured by the test class WholeWay."""
import json
import shlex
import subprocess

from ours import java
from pipe_row import peers
from servers import Server, free_port


def measure(rounds, ours):
    """Postfix relaying alone, with each program in a .forward, and with the resident reflector, which send back through it."""
    port = free_port()
    programs = {name: shlex.join(command) for name, command in peers(port).items()}
    command = ours.pipe_command(port)
    if command:
        programs["mailsonar email_return"] = shlex.join(command)
    arguments = [f"{name}={command}" for name, command in programs.items()]
    if not ours.present:
        return ways(port, rounds, ours, arguments)
    listener_port = free_port()
    with Server(ours.listener_command(listener_port, port), listener_port):
        return ways(port, rounds, ours, [*arguments, f"mailsonar reflector=:{listener_port}"])


def ways(port, rounds, ours, arguments):
    done = subprocess.run(
        java("org.mailsonar.lab.WholeWay", str(port), str(rounds), ours.message_file, *arguments),
        capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return {"rows": [json.loads(line) for line in done.stdout.splitlines()]}
