package org.mailsonar.notify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what, and how.
 *
 * @param ways by name
 * @param rules with different names, which speak of these ways alone
 * @param heartbeat the dead man's switch; null for none
 */
public record NotifySettings(
        Map<String, WaySettings> ways,
        List<Rule> rules,
        @Nullable HeartbeatSettings heartbeat) {

    /** Nobody is told. */
    public static final NotifySettings NOBODY = new NotifySettings(Map.of(), List.of(), null);

    public NotifySettings {
        ways = Collections.unmodifiableMap(new LinkedHashMap<>(ways));
        rules = List.copyOf(rules);
    }

    /** Whether rules tell by mail and by nothing else, so that nobody hears of a mail system that is down. */
    public boolean dependsOnMail() {
        return !rules.isEmpty() && rules.stream().allMatch(this::isMailAlone);
    }

    private boolean isMailAlone(Rule rule) {
        return rule.ways().stream().allMatch(this::isMail)
                && (rule.escalation() == null
                        || rule.escalation().ways().stream().allMatch(this::isMail));
    }

    private boolean isMail(String way) {
        WaySettings settings = ways.get(way);
        return settings != null && settings.isMail();
    }
}
