package org.mailsonar.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether a server is here that needs no namespace of its own; asked once for each suite. */
abstract class ProgramCondition implements ExecutionCondition {

    private final String server;
    private final Path program;

    ProgramCondition(String server, String program) {
        this.server = server;
        this.program = Path.of(program);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent() || Files.isExecutable(program)) {
            return ConditionEvaluationResult.enabled(server + " is here");
        }
        return LeftOut.suite(
                context.getRequiredTestClass(),
                server + " is not installed; as root on Debian run scripts/install-test-packages");
    }
}
