"""How Mailsonar is started for a measurement: its files come from the test class BenchFiles, its commands from the options."""
import os
import shlex
import shutil
import subprocess
import tempfile

from servers import free_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLASS_PATH = ":".join(f"{ROOT}/target/{part}" for part in ("test-classes", "classes", "mailsonar/lib/*"))
PIPE = f"{ROOT}/scripts/email_return --config {{config}}"
LISTENER = f"{ROOT}/scripts/mailsonar reflector --config {{config}}"


def java(*arguments):
    return [os.environ["JAVA_HOME"] + "/bin/java", "-cp", CLASS_PATH, *arguments]


class Ours:
    """A directory with keys, a signed probe and a configuration for each measurement; for a with statement."""

    def __init__(self, present, pipe, listener):
        self.present = present
        self.pipe = pipe
        self.listener = listener
        # Mail users have to be able to read it.
        self.directory = tempfile.mkdtemp(prefix="mailsonar-bench-", dir="/var/tmp")
        os.chmod(self.directory, 0o755)
        self.message_file = f"{self.directory}/probe.eml"

    def __enter__(self):
        try:
            self.require_commands()
            self.configuration(free_port(), free_port())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.directory)

    def require_commands(self):
        for command in (self.pipe, self.listener) if self.present else ():
            program = shlex.split(command)[0]
            if shutil.which(program) is None:
                raise RuntimeError(f"{program} is not there or cannot be run; --peers-only leaves Mailsonar out")

    def configuration(self, listen_port, relay_port):
        """Writes a configuration (and at first a key and a probe), and returns its path."""
        subprocess.run(java("org.mailsonar.lab.BenchFiles", self.directory, str(listen_port), str(relay_port)), check=True)
        return f"{self.directory}/reflector-{listen_port}-{relay_port}.yaml"

    def pipe_command(self, relay_port):
        if not self.present:
            return None
        return self.pipe_program(self.configuration(free_port(), relay_port))

    def pipe_program(self, configuration):
        return shlex.split(self.pipe.format(config=configuration))

    def reflector(self, configuration):
        return shlex.split(self.listener.format(config=configuration))

    def listener_command(self, port, relay_port):
        return self.reflector(self.configuration(port, relay_port))
