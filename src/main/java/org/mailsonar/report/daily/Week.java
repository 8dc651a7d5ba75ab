package org.mailsonar.report.daily;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The seven days before a day, as far as one book is kept. To be filled by one thread. */
final class Week {

    /** How many days it has. */
    static final int DAYS = 7;

    private final Instant begin;
    private final Instant readFrom;
    private final long[] begins;
    private @Nullable Instant first;

    /**
     * Nothing is known of it yet.
     *
     * @param kept rows of the time before may be gone, or some of them, and are not to be counted
     */
    Week(ReportDay day, Instant kept) {
        this.begin = day.from();
        this.readFrom = Timeline.earlier(Timeline.later(day.weekFrom(), kept), begin);
        List<ReportDay> days = day.daysBefore();
        this.begins =
                days.stream().mapToLong(one -> one.from().getEpochSecond()).toArray();
    }

    /** From when on a book has to be read for it and for the day. */
    Instant readFrom() {
        return readFrom;
    }

    /** Whether an instant is of the day, and not of the week. */
    boolean isOfDay(Instant at) {
        if (!at.isBefore(begin)) {
            return true;
        }
        if (first == null || at.isBefore(first)) {
            first = at;
        }
        return false;
    }

    /** On which of its days an instant lies, from 0. */
    int dayOf(Instant at) {
        long second = at.getEpochSecond();
        int day = DAYS - 1;
        while (day > 0 && second < begins[day]) {
            day--;
        }
        return day;
    }

    /** The second in which one of its days begins. */
    long beginOf(int dayOfWeek) {
        return begins[dayOfWeek];
    }

    /** The first instant of it that was asked for; null when there was none. */
    @Nullable
    Instant first() {
        return first;
    }
}
