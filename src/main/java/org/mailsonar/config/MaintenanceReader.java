package org.mailsonar.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Maintenance;

/** Reads maintenance windows: once, from an instant to another, or weekly. */
final class MaintenanceReader {

    private MaintenanceReader() {}

    static List<Maintenance> read(@Nullable ConfigNode node) throws ConfigException {
        List<Maintenance> windows = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            windows.add(window(item.section("weekly", "from", "until", "length", "zone")));
        }
        return List.copyOf(windows);
    }

    private static Maintenance window(ConfigSection section) throws ConfigException {
        ConfigNode weekly = section.optional("weekly");
        if (weekly == null) {
            for (String key : List.of("length", "zone")) {
                ConfigNode other = section.optional(key);
                if (other != null) {
                    throw other.error("this goes with weekly: sunday; a window that is open once has from and until");
                }
            }
            Instant from = section.required("from", "2026-12-24T22:00:00Z").as(MaintenanceReader::instant);
            Instant until = section.required("until", "2026-12-25T02:00:00Z").as(MaintenanceReader::instant);
            return section.place().check(() -> new Maintenance.Once(from, until));
        }
        ConfigNode until = section.optional("until");
        if (until != null) {
            throw until.error("a weekly window has a length instead, such as length: 2h");
        }
        DayOfWeek day = weekly.as(MaintenanceReader::day);
        LocalTime from = section.required("from", "02:00").as(MaintenanceReader::time);
        var length = section.required("length", "2h").as(Quantities::duration);
        ZoneId zone = section.required("zone", "Europe/Berlin").as(MaintenanceReader::zone);
        return section.place().check(() -> new Maintenance.Weekly(day, from, length, zone));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("'" + text
                    + "' is no instant; write for example 2026-12-24T22:00:00Z or 2026-12-24T23:00:00+01:00");
        }
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("'" + text + "' is no time of day; write for example 02:00");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone; write for example Europe/Berlin or UTC");
        }
    }

    private static DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (text.length() >= 3 && day.name().toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no day of the week; write for example sunday");
    }
}
