package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Route;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;

/** Reads what is measured, and what all targets have in common. */
final class TargetsReader {

    private static final String[] COMMON = {
        "every", "slowAfter", "timeout", "retryAfter", "size", "quorum", "flapping", "tags"
    };
    private static final String[] KEYS = {
        "address",
        "name",
        "every",
        "slowAfter",
        "timeout",
        "retryAfter",
        "size",
        "quorum",
        "flapping",
        "tags",
        "enabled",
        "passive",
        "maintenance",
        "submit",
        "returnKey",
        "mailbox",
        "checks"
    };

    private static final Target STANDARD = new Target(
            "defaults", EmailAddress.parse("nobody@localhost"), Timing.STANDARD, Policy.STANDARD, Route.STANDARD);

    private TargetsReader() {}

    /** What all targets have in common; its address means nothing. */
    static Target common(ConfigSection top) throws ConfigException {
        ConfigNode defaults = top.optional("defaults");
        return defaults == null ? STANDARD : adapted(defaults.section(COMMON), STANDARD, false);
    }

    /**
     * The targets.
     *
     * @param checks takes what stands under {@code checks} of a target, by its name
     */
    static List<Target> read(ConfigSection top, Map<String, ConfigNode> checks) throws ConfigException {
        if (top.optional("targets") == null && isElsewhere(top)) {
            return List.of();
        }
        ConfigNode node = top.required("targets", "[{address: webscout@company.test}]");
        Target common = common(top);
        List<Target> targets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : node.list()) {
            ConfigSection section = item.section(KEYS);
            Target target = target(section, common);
            ConfigNode own = section.optional("checks");
            if (own != null) {
                checks.put(target.name(), own);
            }
            if (!names.add(target.name())) {
                throw item.error("there are two targets named '" + target.name() + "'; give one of them another name");
            }
            targets.add(target);
        }
        if (targets.isEmpty()) {
            throw node.error("there is no target; add for example: - address: webscout@company.test");
        }
        return List.copyOf(targets);
    }

    /** Whether there is something to look at without a target. */
    private static boolean isElsewhere(ConfigSection top) {
        for (String key : List.of("checks", "host", "instances", "sites")) {
            if (top.optional(key) != null) {
                return true;
            }
        }
        return false;
    }

    private static Target target(ConfigSection section, Target common) throws ConfigException {
        EmailAddress address =
                section.required("address", "webscout@company.test").as(EmailAddress::parse);
        ConfigNode name = section.optional("name");
        String called = name == null ? address.toString() : name.text();
        if (name != null && called.equals(MonitorSettings.SELF)) {
            throw name.error("this name is the monitor's own; choose another one");
        }
        Target named = new Target(called, address, common.timing(), common.policy(), common.route());
        return routed(section, judged(section, adapted(section, named, false)), address);
    }

    /**
     * With what may also stand in the defaults.
     *
     * @param isCheck whether its times are read elsewhere, but for {@code retryAfter}
     */
    static Target adapted(ConfigSection section, Target otherwise, boolean isCheck) throws ConfigException {
        Timing timing = isCheck ? retried(section, otherwise.timing()) : timing(section, otherwise.timing());
        Policy policy = otherwise.policy();
        ConfigNode tags = section.optional("tags");
        ConfigNode quorum = section.optional("quorum");
        Route route = otherwise.route();
        return new Target(
                otherwise.name(),
                otherwise.address(),
                timing,
                new Policy(
                        policy.enabled(),
                        policy.passive(),
                        quorum == null ? policy.quorum() : quorum.as(Quantities::number),
                        policy.maintenance(),
                        flapping(section.optional("flapping"), policy.flapping()),
                        tags == null ? policy.tags() : tags.listOf(TargetsReader::tag)),
                new Route(
                        route.submission(),
                        section.optional("size", Quantities::size, route.size()),
                        route.returnKey(),
                        route.mailbox()));
    }

    private static Timing retried(ConfigSection section, Timing otherwise) throws ConfigException {
        return new Timing(
                otherwise.every(),
                otherwise.slowAfter(),
                otherwise.timeout(),
                section.optional("retryAfter", Quantities::duration, otherwise.retryAfter()));
    }

    private static Timing timing(ConfigSection section, Timing otherwise) throws ConfigException {
        var every = section.optional("every", Quantities::duration, otherwise.every());
        var slowAfter = section.optional("slowAfter", Quantities::duration, otherwise.slowAfter());
        var timeout = section.optional("timeout", Quantities::duration, otherwise.timeout());
        var retryAfter = section.optional("retryAfter", Quantities::duration, otherwise.retryAfter());
        return section.place().check(() -> new Timing(every, slowAfter, timeout, retryAfter));
    }

    private static Policy.Flapping flapping(@Nullable ConfigNode node, Policy.Flapping otherwise)
            throws ConfigException {
        if (node == null) {
            return otherwise;
        }
        if (!node.isSection()) {
            return node.as(text -> {
                if (!text.equals("off")) {
                    throw new IllegalArgumentException("write off, or {changes: 6, within: 2h, calm: 1h}");
                }
                return Policy.Flapping.NEVER;
            });
        }
        ConfigSection section = node.section("changes", "within", "calm");
        return new Policy.Flapping(
                section.optional("changes", Quantities::number, otherwise.changes()),
                section.optional("within", Quantities::duration, otherwise.within()),
                section.optional("calm", Quantities::duration, otherwise.calm()));
    }

    /** With what says whether it is judged. */
    static Target judged(ConfigSection section, Target target) throws ConfigException {
        Policy policy = target.policy();
        return new Target(
                target.name(),
                target.address(),
                target.timing(),
                new Policy(
                        section.optional("enabled", Quantities::yesOrNo, true),
                        section.optional("passive", Quantities::yesOrNo, false),
                        policy.quorum(),
                        MaintenanceReader.read(section.optional("maintenance")),
                        policy.flapping(),
                        policy.tags()),
                target.route());
    }

    private static Target routed(ConfigSection section, Target target, EmailAddress address) throws ConfigException {
        ConfigNode submit = section.optional("submit");
        ConfigNode mailbox = section.optional("mailbox");
        return new Target(
                target.name(),
                address,
                target.timing(),
                target.policy(),
                new Route(
                        submit == null ? null : RelayReader.read(submit),
                        target.route().size(),
                        returnKey(section.optional("returnKey")),
                        mailbox == null ? null : MailboxReader.mailbox(mailbox, MonitorReturns.LARGEST, address)));
    }

    /** A word that rules can name; nothing that would need quotes in a label or a list. */
    private static String tag(String text) {
        if (text.length() > 60
                || !text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_.:/".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("a tag is a word of letters, digits and - _ . : /, at most 60 of them");
        }
        return text;
    }

    private static @Nullable TrustedKey returnKey(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        Path keyFile = node.path();
        try {
            return KeyFiles.readPublic(keyFile);
        } catch (KeyFileException unusable) {
            throw node.error(String.valueOf(unusable.getMessage()));
        }
    }
}
