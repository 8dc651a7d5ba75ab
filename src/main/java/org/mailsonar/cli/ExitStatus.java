package org.mailsonar.cli;

/** What a command tells whoever started it, in the convention of monitoring plugins. Pipe programs have statuses of their own. */
final class ExitStatus {

    static final int GOOD = 0;
    static final int SLOW = 1;
    static final int FAILING = 2;
    static final int UNKNOWN = 3;

    private ExitStatus() {}
}
