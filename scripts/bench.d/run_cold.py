"""Runs commands by turns and prints, for each run, the wall time and the memory of its largest process, as JSON.

run_cold.py ROUNDS MESSAGE_FILE, and on standard input a JSON list of commands (each a list of words).

A program of its own that imports next to nothing: Linux counts the memory of the starting process into that of the started
one, so what starts has to be smaller than all that it measures. It reports its own size as "floor".
"""
import json
import os
import sys
import time


def run_once(command, message, quiet):
    start = time.perf_counter_ns()
    actions = [(os.POSIX_SPAWN_OPEN, 0, message, os.O_RDONLY, 0),
               (os.POSIX_SPAWN_DUP2, quiet, 1),
               (os.POSIX_SPAWN_DUP2, quiet, 2)]
    # As a mail server does it: hardly any environment.
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C", "HOME": "/", "SENDER": "", "RECIPIENT": "webscout@company.test"}
    child = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    elapsed = time.perf_counter_ns() - start
    return {"ms": elapsed / 1e6, "mib": usage.ru_maxrss / 1024, "status": os.waitstatus_to_exitcode(status)}


def floor():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def main():
    rounds, message = int(sys.argv[1]), sys.argv[2]
    commands = json.load(sys.stdin)
    quiet = os.open("/dev/null", os.O_WRONLY)
    runs = [[] for _ in commands]
    for _ in range(rounds):
        for number, command in enumerate(commands):
            runs[number].append(run_once(command, message, quiet))
    print(json.dumps({"floor": floor(), "runs": runs}))


main()
