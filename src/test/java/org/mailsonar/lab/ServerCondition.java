package org.mailsonar.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether this machine can hold a mail server of the lab; asked once for each suite. */
abstract class ServerCondition implements ExecutionCondition {

    private final String server;
    private final Path program;
    private final String[] trial;

    ServerCondition(String server, String program) {
        this(server, program, "true");
    }

    /**
     * One that needs more than namespaces.
     *
     * @param trial a command that has to succeed in new ones
     */
    ServerCondition(String server, String program, String... trial) {
        this.server = server;
        this.program = Path.of(program);
        this.trial = trial;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        // The methods of a suite that runs are not asked again.
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("its suite runs");
        }
        String obstacle = obstacle();
        return obstacle.isEmpty()
                ? ConditionEvaluationResult.enabled(server + " can run here")
                : LeftOut.suite(context.getRequiredTestClass(), obstacle);
    }

    /** What is in the way, with its remedy; empty when nothing is. */
    private String obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "needs Linux (for instance a Debian container with SYS_ADMIN)";
        }
        if (!Files.isExecutable(program)) {
            return server + " is not installed; as root on Debian run scripts/install-test-packages";
        }
        if (!Files.isExecutable(Path.of("/usr/bin/unshare"))) {
            return "unshare is not installed; as root on Debian run scripts/install-test-packages";
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return server + " needs root; run scripts/test as root";
        }
        Command tried = Command.run(Command.words(Namespace.UNSHARE, trial));
        return tried.status() == 0
                ? ""
                : "no new namespaces here; run where they are allowed (a container needs the capability SYS_ADMIN): "
                        + tried.output().strip();
    }
}
