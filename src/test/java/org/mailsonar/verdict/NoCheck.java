package org.mailsonar.verdict;

import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;

/** One that nobody runs. */
final class NoCheck implements Check {

    @Override
    public String name() {
        return "smtp://mx1";
    }

    @Override
    public CheckResult run() {
        throw new AssertionError("nobody runs it");
    }
}
