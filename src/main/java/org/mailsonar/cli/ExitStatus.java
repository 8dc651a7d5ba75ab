package org.mailsonar.cli;

import java.util.List;

/** What a command tells whoever started it, in the convention of monitoring plugins. Pipe programs have statuses of their own. */
final class ExitStatus {

    static final int GOOD = 0;
    static final int SLOW = 1;
    static final int FAILING = 2;
    static final int UNKNOWN = 3;

    private static final List<String> WORDS = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN");

    private ExitStatus() {}

    /** What a monitoring plugin's line calls a status, 0 to 3. */
    static String word(int status) {
        return WORDS.get(status);
    }
}
