package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.ProbeArchive;

/**
 * Probes of a time, in pages along the key's index, in which they stand by the time at which they were made. So the time that it takes grows
 * with what is shown and neither with the table nor with the number of targets, and no connection is held while the reader works. Thread-safe.
 */
final class JdbcArchive implements ProbeArchive {

    private static final int PAGE = 2_000;

    /** A probe is made before it is sent, and may have to wait for its submission host. */
    private static final Duration WAIT = Duration.ofHours(1);

    /** Both clocks were the same one, which may have been set back between. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    static final String PAGE_OF_PROBES = """
            SELECT id, target, vantage, sent_micros, slow_nanos, timeout_nanos, outcome, round_trip_nanos, duplicates FROM probe
            WHERE id > :id AND id < :lastId ORDER BY id LIMIT :most""";

    static final String PAGE_OF_HOURS = """
            SELECT * FROM hour WHERE hour >= :hour AND hour < :until
                AND (hour > :hour OR target > :target OR (target = :target AND vantage > :vantage))
            ORDER BY hour, target, vantage LIMIT :most""";

    private static final String[] BOUNDS = {
        "under_100_ms",
        "under_300_ms",
        "under_1_s",
        "under_3_s",
        "under_10_s",
        "under_30_s",
        "under_120_s",
        "under_600_s",
        "longer"
    };
    private static final long[] BOUND_MILLIS = {100, 300, 1_000, 3_000, 10_000, 30_000, 120_000, 600_000};

    private final Access access;

    JdbcArchive(Access access) {
        this.access = access;
    }

    private record Found(String id, Sample sample) {}

    @Override
    public void each(Instant from, Instant until, Consumer<Sample> reader) {
        String id = Tidying.firstId(from.minus(WAIT));
        String lastId = Tidying.firstId(until.plus(AHEAD));
        List<Found> page;
        do {
            page = page(id, lastId);
            for (Found found : page) {
                Instant sent = found.sample().sent();
                if (!sent.isBefore(from) && sent.isBefore(until)) {
                    reader.accept(found.sample());
                }
            }
            id = page.isEmpty() ? id : page.getLast().id();
        } while (page.size() == PAGE);
    }

    private List<Found> page(String id, String lastId) {
        return access.read(handle -> handle.createQuery(PAGE_OF_PROBES)
                .bind("id", id)
                .bind("lastId", lastId)
                .bind("most", PAGE)
                .setFetchSize(PAGE)
                .map((row, context) -> new Found(row.getString(1), sample(row)))
                .list());
    }

    private static Sample sample(ResultSet row) throws SQLException {
        return new Sample(
                row.getString(2),
                row.getString(3),
                Micros.toInstant(row.getLong(4)),
                Ending.of(row.getString(7)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(8),
                row.getInt(9));
    }

    @Override
    public void eachHour(Instant from, Instant until, Consumer<Hour> reader) {
        long hour = Math.ceilDiv(from.getEpochSecond(), 3_600L);
        long end = Math.ceilDiv(until.getEpochSecond(), 3_600L);
        String target = "";
        String vantage = "";
        List<Hour> page;
        do {
            page = hours(hour, end, target, vantage);
            page.forEach(reader);
            if (!page.isEmpty()) {
                hour = page.getLast().begin().getEpochSecond() / 3_600;
                target = page.getLast().target();
                vantage = page.getLast().vantage();
            }
        } while (page.size() == PAGE);
    }

    private List<Hour> hours(long hour, long end, String target, String vantage) {
        return access.read(handle -> handle.createQuery(PAGE_OF_HOURS)
                .bind("hour", hour)
                .bind("until", end)
                .bind("target", target)
                .bind("vantage", vantage)
                .bind("most", PAGE)
                .map((row, context) -> hour(row))
                .list());
    }

    private static Hour hour(ResultSet row) throws SQLException {
        Map<Ending, Long> endings = new EnumMap<>(Ending.class);
        for (Ending ending : Ending.values()) {
            long number =
                    ending == Ending.IN_FLIGHT ? 0 : row.getLong(ending.text().replace(' ', '_'));
            if (number > 0) {
                endings.put(ending, number);
            }
        }
        return new Hour(
                row.getString("target"),
                row.getString("vantage"),
                Instant.ofEpochSecond(row.getLong("hour") * 3_600),
                endings,
                roundTrips(row));
    }

    /** The longest of all is known, so no bound says more. */
    private static List<UpTo> roundTrips(ResultSet row) throws SQLException {
        List<UpTo> upTo = new ArrayList<>();
        long longest = row.getLong("max_nanos");
        for (int i = 0; i < BOUNDS.length; i++) {
            long number = row.getLong(BOUNDS[i]);
            if (number > 0) {
                long bound = i == BOUND_MILLIS.length ? longest : Math.min(BOUND_MILLIS[i] * 1_000_000, longest);
                upTo.add(new UpTo(Duration.ofNanos(bound), number));
            }
        }
        return upTo;
    }
}
