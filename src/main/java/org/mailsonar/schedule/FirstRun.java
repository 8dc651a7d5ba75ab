package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Judged;

/** What a vantage's agenda has to become for its targets. A pure function of the targets, the agenda and the time. */
final class FirstRun {

    /** Between two probes that should have been sent while nobody was here to send them. */
    static final Duration CATCH_UP = Duration.ofSeconds(1);

    private FirstRun() {}

    /**
     * The entries that have to be written. A target that is on the agenda stays where it is there, if that is within its interval from
     * now; those that are due later were planned by another clock or interval, and are spread anew;
     * those whose time has passed follow one another closely, and new ones are spread over their interval, so that many of them
     * are no burst. What is on the agenda and no target any more is disabled.
     */
    static List<Agenda.Entry> entries(List<? extends Judged> targets, Map<String, Agenda.Entry> agenda, Instant now) {
        List<Agenda.Entry> changed = new ArrayList<>();
        int overdue = 0;
        for (int i = 0; i < targets.size(); i++) {
            Judged target = targets.get(i);
            Agenda.Entry before = agenda.get(target.name());
            Duration share = target.timing().every().dividedBy(targets.size());
            Instant due;
            if (before != null && !before.enabled() && !target.policy().enabled()) {
                due = before.due();
            } else if (before == null || !before.enabled()) {
                due = now.plus(share.multipliedBy(i));
            } else if (before.due().isAfter(now)) {
                due = before.due().isAfter(now.plus(target.timing().every()))
                        ? now.plus(share.multipliedBy(i))
                        : before.due();
            } else {
                due = now.plus(shorter(share, CATCH_UP).multipliedBy(overdue++));
            }
            Agenda.Entry entry = new Agenda.Entry(
                    target.name(), due, target.timing().every(), target.policy().enabled());
            if (!entry.equals(before)) {
                changed.add(entry);
            }
        }
        changed.addAll(gone(targets, agenda));
        return changed;
    }

    private static List<Agenda.Entry> gone(List<? extends Judged> targets, Map<String, Agenda.Entry> agenda) {
        Map<String, Agenda.Entry> rest = new LinkedHashMap<>(agenda);
        targets.forEach(target -> rest.remove(target.name()));
        return rest.values().stream()
                .filter(Agenda.Entry::enabled)
                .map(entry -> new Agenda.Entry(entry.target(), entry.due(), entry.every(), false))
                .toList();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
