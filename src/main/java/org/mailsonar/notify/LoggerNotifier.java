package org.mailsonar.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes to this machine's syslog by the program {@code logger}, since Java cannot write to /dev/log. */
final class LoggerNotifier implements Notifier {

    private final Duration limit;

    LoggerNotifier(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Delivery deliver(Notice notice) {
        String priority = "daemon." + SyslogNotifier.Level.of(notice).text();
        List<String> command = List.of(
                "logger",
                "--socket-errors=on", // otherwise it is silent where there is no syslog
                "--id=" + ProcessHandle.current().pid(),
                "--tag",
                "mailsonar",
                "--priority",
                priority,
                "--",
                notice.line());
        return NoticeProgram.run(command, Map.of(), "", limit);
    }
}
