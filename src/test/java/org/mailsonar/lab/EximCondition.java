package org.mailsonar.lab;

import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether this machine can hold an {@link EximLab}; asked once for each suite. */
final class EximCondition implements ExecutionCondition {

    private final PostfixCondition namespaces = new PostfixCondition();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isEmpty() && !Files.isExecutable(EximLab.PROGRAM)) {
            return LeftOut.suite(
                    context.getRequiredTestClass(),
                    "Exim is not unpacked; as root on Debian run scripts/install-test-packages");
        }
        return namespaces.evaluateExecutionCondition(context);
    }
}
