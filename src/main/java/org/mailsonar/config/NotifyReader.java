package org.mailsonar.config;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.notify.NotifySettings;
import org.mailsonar.notify.QuietHours;
import org.mailsonar.notify.Rule;
import org.mailsonar.notify.Severity;
import org.mailsonar.notify.WaySettings;

/** Reads who is told of what, and how. */
final class NotifyReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
    private static final Duration SHORTEST_REPEAT = Duration.ofMinutes(1);

    private NotifyReader() {}

    /** The section; nobody is told where there is none. */
    static NotifySettings read(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return NotifySettings.NOBODY;
        }
        ConfigSection section = node.section("ways", "rules", "heartbeat");
        ConfigNode heartbeat = section.optional("heartbeat");
        ConfigNode waysNode = section.optional("ways");
        ConfigNode rulesNode = section.optional("rules");
        Map<String, WaySettings> ways = waysNode == null ? Map.of() : ways(waysNode);
        List<Rule> rules = rulesNode == null ? List.of() : rules(rulesNode, ways.keySet());
        if (rulesNode == null && waysNode != null) {
            throw node.error("no rule uses the ways, so nobody is told; add for example: rules: [{ways: ["
                    + ways.keySet().iterator().next() + "]}]");
        }
        return new NotifySettings(ways, rules, heartbeat == null ? null : HeartbeatReader.read(heartbeat));
    }

    private static Map<String, WaySettings> ways(ConfigNode node) throws ConfigException {
        Map<String, WaySettings> ways = new LinkedHashMap<>();
        for (ConfigNode item : node.list()) {
            ConfigSection section = item.section(WayReader.KEYS);
            ConfigNode nameNode = section.required("name", "pager");
            String name = nameNode.as(NotifyReader::name);
            if (ways.put(name, WayReader.read(section)) != null) {
                throw nameNode.error("there are two ways named '" + name + "'; give one of them another name");
            }
        }
        if (ways.isEmpty()) {
            throw node.error("the list is empty; name a way, or leave out ways");
        }
        return ways;
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name; write 1 to 40 letters, digits, dashes and underscores");
        }
        return text;
    }

    private static List<Rule> rules(ConfigNode node, Set<String> ways) throws ConfigException {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : node.list()) {
            ConfigSection section = item.section(
                    "name", "targets", "tags", "severity", "ways", "repeat", "escalate", "quietHours", "advisoryAfter");
            ConfigNode nameNode = section.optional("name");
            String name = nameNode == null ? "rule-" + (rules.size() + 1) : nameNode.as(NotifyReader::name);
            if (!names.add(name)) {
                throw (nameNode == null ? item : nameNode)
                        .error("there are two rules named '" + name + "'; give one of them another name");
            }
            rules.add(rule(section, name, ways));
        }
        return rules;
    }

    private static Rule rule(ConfigSection section, String name, Set<String> ways) throws ConfigException {
        List<String> targets = texts(section.optional("targets"));
        List<String> tags = texts(section.optional("tags"));
        Set<Severity> severities = severities(section.optional("severity"));
        List<String> own = wayNames(section.required("ways", "[pager]"), ways);
        Duration repeat = repeat(section.optional("repeat"));
        Rule.Escalation escalation = escalation(section.optional("escalate"), ways);
        QuietHours quiet = quietHours(section.optional("quietHours"));
        Duration advisoryAfter = section.optional("advisoryAfter", Quantities::duration, Rule.ADVISORY_AFTER);
        return section.place()
                .check(() -> new Rule(name, targets, tags, severities, own, repeat, escalation, quiet, advisoryAfter));
    }

    private static List<String> texts(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return List.of();
        }
        List<String> texts = node.listOf(text -> text);
        if (texts.isEmpty()) {
            throw node.error("the list is empty, which fits nothing; leave it out to fit all");
        }
        return texts;
    }

    private static Set<Severity> severities(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return EnumSet.allOf(Severity.class);
        }
        List<Severity> severities = node.listOf(Severity::parse);
        if (severities.isEmpty()) {
            throw node.error("the list is empty, which fits nothing; leave it out to fit all");
        }
        return EnumSet.copyOf(severities);
    }

    private static List<String> wayNames(ConfigNode node, Set<String> ways) throws ConfigException {
        List<String> names = new ArrayList<>();
        for (ConfigNode item : node.list()) {
            String name = item.text();
            if (!ways.contains(name)) {
                throw item.error("there is no way '" + name + "'; "
                        + (ways.isEmpty() ? "add it under notify.ways" : "there are " + String.join(", ", ways)));
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw node.error("the list is empty, so nobody is told; name a way, or remove the rule");
        }
        return names;
    }

    private static @Nullable Duration repeat(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        Duration repeat = node.as(Quantities::duration);
        if (repeat.compareTo(SHORTEST_REPEAT) < 0) {
            throw node.error("repeat is 1m at least");
        }
        return repeat;
    }

    private static Rule.@Nullable Escalation escalation(@Nullable ConfigNode node, Set<String> ways)
            throws ConfigException {
        if (node == null) {
            return null;
        }
        ConfigSection section = node.section("after", "ways");
        Duration after = section.required("after", "30m").as(Quantities::duration);
        List<String> names = wayNames(section.required("ways", "[pager]"), ways);
        return node.check(() -> new Rule.Escalation(after, names));
    }

    private static @Nullable QuietHours quietHours(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        ConfigSection section = node.section("from", "until", "zone");
        LocalTime from = section.required("from", "\"22:00\"").as(NotifyReader::timeOfDay);
        LocalTime until = section.required("until", "\"07:00\"").as(NotifyReader::timeOfDay);
        ZoneId zone = section.required("zone", "Australia/Sydney").as(NotifyReader::zone);
        return node.check(() -> new QuietHours(from, until, zone));
    }

    static LocalTime timeOfDay(String text) {
        if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
            throw new IllegalArgumentException("'" + text + "' is no time of day; write 00:00 to 23:59");
        }
        return LocalTime.parse(text);
    }

    static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone; write for example Australia/Sydney or UTC");
        }
        return ZoneId.of(text);
    }
}
