package org.mailsonar.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailsonar.intake.Disposition;

/** Counts messages by disposition and reason. Those that are known are there at 0, so a rate sees the very first one. Thread-safe. */
final class MessageCounts {

    private record Key(String disposition, String reason) {}

    /** Each disposition with the reasons that lead to it; a reason that is missing here is counted from its first message on. */
    static final Map<String, String> KNOWN = Map.of(
            "accepted", "returned",
            "unwanted", "no_token malformed unknown_key forged expired wrong_address loop forbidden",
            "discarded",
                    "no_token malformed unknown_key forged expired wrong_address loop forbidden undeliverable repeated",
            "failed", "undeliverable",
            "deferred", "relay in_progress rate_overall rate_client rate_key exchange unexpected");

    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    MessageCounts(MeterRegistry registry) {
        this.registry = registry;
        KNOWN.forEach((disposition, reasons) -> {
            for (String reason : reasons.split(" ", -1)) {
                counter(new Key(disposition, reason));
            }
        });
    }

    void count(Disposition disposition) {
        counter(new Key(disposition.name(), disposition.detail().reason())).increment();
    }

    private Counter counter(Key key) {
        Counter known = counters.get(key);
        return known == null ? counters.computeIfAbsent(key, this::register) : known;
    }

    private Counter register(Key key) {
        return Counter.builder("mailsonar.reflector.messages")
                .description("messages by what became of them")
                .tag("disposition", key.disposition())
                .tag("reason", key.reason())
                .register(registry);
    }
}
