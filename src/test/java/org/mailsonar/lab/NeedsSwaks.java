package org.mailsonar.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks a suite whose client is swaks. Where that is not installed the suite is left out, like one that {@link NeedsPostfix}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsSwaks.Condition.class)
public @interface NeedsSwaks {

    /** Where Debian puts it. */
    String PROGRAM = "/usr/bin/swaks";

    /** Looks for the program; asked once for each suite. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (context.getTestMethod().isPresent() || Files.isExecutable(Path.of(PROGRAM))) {
                return ConditionEvaluationResult.enabled("swaks is here");
            }
            return LeftOut.suite(
                    context.getRequiredTestClass(),
                    "swaks is not installed; as root on Debian run scripts/install-test-packages");
        }
    }
}
