package org.mailsonar.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Removes what is too old, five hundred rows at a time, so that no writer waits long. Probes are counted by hours in the same
 * transaction that removes them: so each is counted exactly once, also when the program dies in between or two monitors tidy.
 */
final class Tidying {

    private static final int BATCH = 500;

    /** Nobody asks again for a duty of so long ago. */
    private static final Duration DUTIES = Duration.ofDays(400);

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_CHARACTERS = 10;

    private final Access access;

    Tidying(Access access) {
        this.access = access;
    }

    /** One batch of each kind; 0 when nothing was left. */
    int tidy(Instant now, Duration probes, Duration hours) {
        Instant before = now.minus(probes);
        return access.writeAlone(handle -> probes(handle, before))
                + delete(TidySql.DISPATCHES, Micros.of(before))
                + delete(TidySql.CHANGES, Micros.of(before))
                + delete(TidySql.BLINDNESSES, Micros.of(before))
                + delete(TidySql.CHECKS, Micros.of(before))
                + delete(TidySql.SAMPLES, Micros.of(before))
                + delete(TidySql.RUNS, Micros.of(before))
                + delete(TidySql.DUTIES, Micros.of(now.minus(DUTIES)))
                + delete(TidySql.HOURS, Math.floorDiv(now.minus(hours).getEpochSecond(), 3_600));
    }

    private int probes(Handle handle, Instant before) {
        List<String> ids = handle.createQuery(access.skippingLocked(TidySql.OLD_PROBES))
                .bind("before", firstId(before))
                .bind("sentBefore", Micros.of(before))
                .bind("most", BATCH)
                .mapTo(String.class)
                .list();
        if (ids.isEmpty()) {
            return 0;
        }
        handle.createUpdate(TidySql.COUNT_HOURS).bindList("ids", ids).execute();
        handle.createUpdate(TidySql.PAPERS).bindList("ids", ids).execute();
        return handle.createUpdate(TidySql.PROBES).bindList("ids", ids).execute();
    }

    private int delete(String sql, long before) {
        return access.writeAlone(handle -> handle.createUpdate(access.skippingLocked(sql))
                .bind("before", before)
                .bind("most", BATCH)
                .execute());
    }

    /** What the ids of this instant and later are not less than. */
    static String firstId(Instant instant) {
        long millis = Math.max(0, instant.toEpochMilli());
        char[] text = new char[TIME_CHARACTERS];
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--, millis >>>= 5) {
            text[i] = ALPHABET.charAt((int) (millis & 31));
        }
        return new String(text);
    }
}
