"""On what was measured."""
import os
import platform
import subprocess
from datetime import datetime, timezone


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return (done.stdout or done.stderr).splitlines()[0].strip()
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "absent"


def describe(root):
    with open("/proc/cpuinfo") as cpus:
        model = next((line.partition(":")[2].strip() for line in cpus if line.startswith("model name")), "unknown")
    with open("/proc/meminfo") as memory:
        kibibytes = int(memory.readline().split()[1])
    return {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "cpu": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(kibibytes / 2**20, 1),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
        "mailsonar": first_line("git", "-C", root, "describe", "--always", "--dirty"),
        "java": first_line(os.environ["JAVA_HOME"] + "/bin/java", "--version"),
        "perl": first_line("/usr/bin/perl", "-e", "print $^V"),
        "python": platform.python_version(),
        "aiosmtpd": first_line("/usr/bin/python3", "-c", "import aiosmtpd; print(aiosmtpd.__version__)"),
        "postfix": first_line("/usr/sbin/postconf", "-d", "-h", "mail_version"),
    }
