package org.mailsonar.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether this machine can hold a {@link PostfixLab}; asked once for each suite. */
final class PostfixCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        // The methods of a suite that runs are not asked again.
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("its suite runs");
        }
        String obstacle = obstacle();
        return obstacle.isEmpty()
                ? ConditionEvaluationResult.enabled("Postfix can run here")
                : LeftOut.suite(context.getRequiredTestClass(), obstacle);
    }

    /** What is in the way, with its remedy; empty when nothing is. */
    private static String obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "needs Linux (for instance a Debian container with SYS_ADMIN)";
        }
        if (!Files.isExecutable(Path.of("/usr/sbin/postfix"))) {
            return "Postfix is not installed; as root on Debian run scripts/install-test-packages";
        }
        if (!Files.isExecutable(Path.of("/usr/bin/unshare"))) {
            return "unshare is not installed; as root on Debian run scripts/install-test-packages";
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return "Postfix needs root; run scripts/test as root";
        }
        Command trial = Command.run(Command.words(Namespace.UNSHARE, "true"));
        return trial.status() == 0
                ? ""
                : "no new namespaces here; run where they are allowed (a container needs the capability SYS_ADMIN): "
                        + trial.output().strip();
    }
}
