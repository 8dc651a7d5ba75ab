package org.mailsonar.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckTarget;

/** Reads what a monitor checks beside its round trips, and what it checks when one of these is lost. */
final class CheckTargetsReader {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** In a diagnosis people wait for the answer. */
    private static final Duration DIAGNOSIS_TIMEOUT = Duration.ofSeconds(10);

    private static final int MOST_DIAGNOSES = 20;

    private static final String[] KEYS = {
        "url",
        "name",
        "every",
        "timeout",
        "retryAfter",
        "quorum",
        "flapping",
        "tags",
        "enabled",
        "passive",
        "maintenance"
    };

    private static final String[] WATCHED = {
        "config", "name", "every", "retryAfter", "quorum", "flapping", "tags", "enabled", "passive", "maintenance"
    };

    private final Target common;
    private final List<Dialogue> dialogues;
    private final List<CheckTarget> scheduled = new ArrayList<>();
    private final Map<String, List<Check>> diagnoses = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private CheckTargetsReader(Target common, List<Dialogue> dialogues) {
        this.common = common;
        this.dialogues = dialogues;
    }

    /**
     * Reads all of it.
     *
     * @param targets those of the same file, whose names are taken
     * @param ofTargets what stands under {@code checks} of a target, by its name
     */
    static MonitorChecks read(ConfigSection top, List<Target> targets, Map<String, ConfigNode> ofTargets)
            throws ConfigException {
        ConfigNode dialogues = top.optional("dialogues");
        CheckTargetsReader reader = new CheckTargetsReader(
                TargetsReader.common(top), dialogues == null ? List.of() : DialoguesReader.read(dialogues.part()));
        targets.forEach(target -> reader.names.add(target.name()));
        ConfigNode checks = top.optional("checks");
        for (ConfigNode item : checks == null ? List.<ConfigNode>of() : checks.list()) {
            reader.check(item);
        }
        for (Map.Entry<String, ConfigNode> own : ofTargets.entrySet()) {
            reader.diagnosis(own.getKey(), own.getValue());
        }
        return new MonitorChecks(
                reader.scheduled,
                reader.host(top.optional("host")),
                reader.sites(top.optional("sites")),
                reader.diagnoses);
    }

    /** This machine; the name of its file alone, or with all that may be said of it. */
    private @Nullable Watched<HostSettings> host(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        ConfigNode file = node.isSection() ? node.section(WATCHED).required("config", "host.yaml") : node;
        HostSettings settings = HostConfig.load(file.part());
        return watched(node, "host " + settings.host(), EVERY, TIMEOUT, settings);
    }

    /** Sites, by the names of their files; what is due of one is looked at each minute. */
    private List<Watched<SiteConfig>> sites(@Nullable ConfigNode node) throws ConfigException {
        List<Watched<SiteConfig>> sites = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            ConfigNode file = item.isSection() ? item.section(WATCHED).required("config", "site.yaml") : item;
            SiteConfig config = SiteReader.read(file.part(), file.parts());
            Duration timeout = config.site().longestBriefRound().plus(TIMEOUT);
            sites.add(watched(item, "paths of " + config.site().name(), MINUTE, timeout, config));
        }
        return sites;
    }

    private <T> Watched<T> watched(ConfigNode node, String usualName, Duration usual, Duration timeout, T what)
            throws ConfigException {
        if (!node.isSection()) {
            named(node, usualName);
            return new Watched<>(usualName, timing(common, usual, timeout), common.policy(), what);
        }
        ConfigSection section = node.section(WATCHED);
        ConfigNode name = section.optional("name");
        named(name == null ? node : name, name == null ? usualName : name.text());
        Target judged = TargetsReader.judged(section, TargetsReader.adapted(section, common, true));
        Duration every = section.optional("every", Quantities::duration, usual);
        return new Watched<>(
                name == null ? usualName : name.text(),
                node.check(() -> timing(judged, every, timeout)),
                judged.policy(),
                what);
    }

    /** A URL alone, or with all that may be said of it. */
    private void check(ConfigNode item) throws ConfigException {
        if (!item.isSection()) {
            Check check = reader(TIMEOUT).read(item);
            add(item, new CheckTarget(check.name(), timing(common, EVERY, TIMEOUT), common.policy(), check));
            return;
        }
        ConfigSection section = item.section(KEYS);
        Duration timeout = section.optional("timeout", Quantities::duration, TIMEOUT);
        Check check = reader(timeout).read(section.required("url", "smtp://mx1.company.test"));
        ConfigNode name = section.optional("name");
        Target judged = TargetsReader.judged(section, TargetsReader.adapted(section, common, true));
        Duration every = section.optional("every", Quantities::duration, EVERY);
        add(
                name == null ? item : name,
                new CheckTarget(
                        name == null ? check.name() : name.text(),
                        item.check(() -> timing(judged, every, timeout)),
                        judged.policy(),
                        check));
    }

    private void add(ConfigNode place, CheckTarget target) throws ConfigException {
        named(place, target.name());
        scheduled.add(target);
    }

    private void named(ConfigNode place, String name) throws ConfigException {
        if (name.equals(MonitorSettings.SELF) || !names.add(name)) {
            throw place.error("something else is named '" + name + "' already; give one of them another name");
        }
    }

    private static Timing timing(Target judged, Duration every, Duration timeout) {
        return new Timing(every, timeout, timeout, judged.timing().retryAfter());
    }

    private void diagnosis(String target, ConfigNode node) throws ConfigException {
        List<Check> checks = new ArrayList<>();
        Set<String> ofTarget = new HashSet<>();
        for (ConfigNode item : node.list()) {
            Check check = reader(DIAGNOSIS_TIMEOUT).read(item);
            if (!ofTarget.add(check.name())) {
                throw item.error("this is checked already; leave one of the two");
            }
            checks.add(check);
        }
        if (checks.size() > MOST_DIAGNOSES) {
            throw node.error("there are more than " + MOST_DIAGNOSES
                    + " checks of one target; leave those that tell which machine is at fault");
        }
        diagnoses.put(target, List.copyOf(checks));
    }

    private ChecksReader reader(Duration timeout) {
        return new ChecksReader(dialogues, new Limits(timeout, null), TimeSource.system());
    }
}
