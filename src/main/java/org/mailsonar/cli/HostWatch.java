package org.mailsonar.cli;

import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.host.HostCheck;
import org.mailsonar.check.host.HostReport;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.time.TimeSource;

/** Looks at this machine and keeps what it looked like. Thread-safe. */
final class HostWatch implements Check {

    private final HostSettings settings;
    private final CheckBook book;
    private @Nullable HostCheck check;

    /** Nothing is looked at, and no library is loaded for it, before the first run. */
    HostWatch(HostSettings settings, CheckBook book) {
        this.settings = settings;
        this.book = book;
    }

    @Override
    public String name() {
        return "host " + settings.host();
    }

    private synchronized HostCheck check() {
        HostCheck made = check == null ? new HostCheck(settings, TimeSource.system()) : check;
        check = made;
        return made;
    }

    @Override
    public CheckResult run() throws InterruptedException {
        HostReport report = check().look();
        book.add(report.sample());
        return report.result(name());
    }
}
