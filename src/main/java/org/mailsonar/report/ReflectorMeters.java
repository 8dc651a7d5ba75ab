package org.mailsonar.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.HandledMail;
import org.mailsonar.intake.Intake;
import org.mailsonar.relay.Relay;
import org.mailsonar.time.TimeSource;

/** The meters of a resident reflector; the package's page names them. They live as long as the process. Thread-safe. */
public final class ReflectorMeters implements Consumer<HandledMail> {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TimeSource time;
    private final MessageCounts messages;
    private final Timer handling;
    private final TimedRelay.Timers relay;
    private final Counter reloads;
    private final Counter failedReloads;
    private final IntakeGauges intakes;
    private final PlatformMeters platform;
    private volatile boolean lastReloadGood = true;
    private volatile @Nullable TimedRelay currentRelay;

    /**
     * Meters at 0.
     *
     * @param version this program's version
     */
    public ReflectorMeters(String version, TimeSource time) {
        this.time = time;
        this.messages = new MessageCounts(registry);
        this.handling = timer("mailsonar.reflector.handling", "from a message's last byte to its answer")
                .register(registry);
        this.relay = new TimedRelay.Timers(relayTimer("accepted"), relayTimer("refused"), relayTimer("deferred"));
        this.reloads = reloads(registry, "success");
        this.failedReloads = reloads(registry, "failure");
        this.intakes = new IntakeGauges(registry, time);
        this.platform = new PlatformMeters(registry);
        Gauge.builder("mailsonar.reflector.config.last.reload.success", () -> lastReloadGood ? 1 : 0)
                .description("0 while the configuration file is not what is in force")
                .register(registry);
        Gauge.builder("mailsonar.reflector.relay.accepting", () -> isRelayAccepting() ? 1 : 0)
                .description("0 while the next hop defers returns")
                .register(registry);
        Gauge.builder("mailsonar.build.info", () -> 1)
                .description("the version of this program")
                .tag("version", version)
                .register(registry);
    }

    @Override
    public void accept(HandledMail handled) {
        messages.count(handled.disposition());
        handling.record(handled.took());
    }

    /** The same relay, timed from now on. */
    public TimedRelay timed(Relay untimed) {
        return new TimedRelay(untimed, relay, time);
    }

    /** What is at work from now on. */
    public void serving(TimedRelay inForce, List<Intake> atWork) {
        currentRelay = inForce;
        intakes.show(atWork);
    }

    /** A new configuration was read. */
    public void reloaded(boolean success) {
        lastReloadGood = success;
        (success ? reloads : failedReloads).increment();
    }

    /**
     * All meters now.
     *
     * @param accept what the collector understands, as its Accept header says it; null for plain text
     */
    public Scrape scrape(@Nullable String accept) {
        platform.bind();
        return Exposition.of(registry, accept);
    }

    private boolean isRelayAccepting() {
        TimedRelay inForce = currentRelay;
        return inForce == null || inForce.trouble().isEmpty();
    }

    private Timer relayTimer(String outcome) {
        return timer("mailsonar.reflector.relay", "the next hop's time to answer for one return")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    private static Counter reloads(MeterRegistry registry, String result) {
        return Counter.builder("mailsonar.reflector.config.reloads")
                .description("how often the configuration was read again")
                .tag("result", result)
                .register(registry);
    }
}
