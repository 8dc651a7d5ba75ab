package org.mailsonar.notify;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a program for each notice, never by a shell. It finds the fields of {@link Notice#FIELDS} in its environment, in upper case and
 * with a prefix: {@code MAILSONAR_TARGET}, {@code MAILSONAR_STATE}, {@code MAILSONAR_LAST_ROUND_TRIP_SECONDS}; besides these PATH, HOME,
 * LANG and TZ and nothing else. The long text is on its standard input, and it need not read it. Status 0 means that people were
 * told; all else, and a program that has to be killed at the time limit, is tried again. What it prints is shown when it fails.
 */
final class ExecNotifier implements Notifier {

    private final ExecSettings settings;

    ExecNotifier(ExecSettings settings) {
        this.settings = settings;
    }

    @Override
    public Delivery deliver(Notice notice) {
        Map<String, String> variables = new LinkedHashMap<>();
        // A zero byte would end the value, and Java refuses it.
        notice.fields().forEach((name, value) -> variables.put(variable(name), value.replace('\0', '?')));
        return NoticeProgram.run(settings.command(), variables, notice.text(), settings.timeLimit());
    }

    /** {@code MAILSONAR_LAST_RETURN} for {@code lastReturn}. */
    static String variable(String field) {
        return "MAILSONAR_" + field.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
