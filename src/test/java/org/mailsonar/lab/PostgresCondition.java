package org.mailsonar.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether this machine can hold a {@link PostgresLab}. It needs no root and no namespaces. */
final class PostgresCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("its suite runs");
        }
        if (!PostgresPrograms.areForThisMachine()) {
            return LeftOut.suite(
                    context.getRequiredTestClass(),
                    "the PostgreSQL of the tests is for Linux on x86-64 (with the GNU libc)");
        }
        if (!Files.isExecutable(Path.of("/usr/bin/xz"))) {
            return LeftOut.suite(
                    context.getRequiredTestClass(),
                    "xz is not installed; as root on Debian run scripts/install-test-packages");
        }
        return ConditionEvaluationResult.enabled("PostgreSQL can run here");
    }
}
