package org.mailsonar.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ListenUrl;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.Programs;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.config.ReflectorLimits;
import org.mailsonar.intake.DiscardingHandler;
import org.mailsonar.intake.HandledMail;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.PacedHandler;
import org.mailsonar.intake.RateLimit;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.reflect.ReflectorSettings;
import org.mailsonar.reflect.ReplayGuard;
import org.mailsonar.relay.Relay;
import org.mailsonar.report.ReflectorMeters;
import org.mailsonar.report.TimedRelay;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.ReturnDesk;
import org.mailsonar.store.Stores;
import org.mailsonar.time.TimeSource;

/** Where objects meet: makes the running parts from what configuration files say. */
final class Wiring {

    private static final Logger REFLECTOR_LOG = LogManager.getLogger("org.mailsonar.reflector");
    private static final Logger MONITOR_LOG = LogManager.getLogger("org.mailsonar.monitor");

    /** At the usual window of an hour, 27 different probes a second; 20 MB of memory when all of it is used. */
    private static final int MOST_REPLAYS_REMEMBERED = 100_000;

    private Wiring() {}

    /** A resident reflector with all its places. */
    static RunningReflector startReflector(ReflectorConfig config) {
        return RunningReflector.start(config, new ReflectorMeters(Programs.version(), TimeSource.system()));
    }

    /**
     * What stands behind all places while this configuration is in force.
     *
     * @param before what was in force so far; the probes that it remembers are not returned again. Null at first
     */
    static Generation generation(ReflectorConfig config, ReflectorMeters meters, @Nullable Generation before) {
        TimedRelay relay = meters.timed(config.relay().open());
        ReplayGuard replays = replays(config.limits(), before);
        MailHandler reflector = guarded(config.limits(), config.settings(), relay, replays);
        Consumer<HandledMail> teller = meters.andThen(new MessageLog(REFLECTOR_LOG));
        MailHandler keeping = new LoggedHandler(reflector, teller, TimeSource.system());
        MailHandler taking = config.strangers() == ReflectorConfig.Strangers.DISCARD
                ? new LoggedHandler(new DiscardingHandler(reflector), teller, TimeSource.system())
                : keeping;
        return new Generation(config, relay, taking, keeping, replays);
    }

    private static ReplayGuard replays(ReflectorLimits limits, @Nullable Generation before) {
        Duration window = limits.replayWindow();
        if (before != null && Objects.equals(before.config().limits().replayWindow(), window)) {
            return before.replays();
        }
        return window == null
                ? ReplayGuard.none()
                : ReplayGuard.within(window, MOST_REPLAYS_REMEMBERED, TimeSource.system());
    }

    /**
     * All places that a reflector's configuration names.
     *
     * @param handlers what stands behind those where mail comes in: {@link Generations} for a listener, which can refuse a stranger's mail,
     *     and {@link Generations#keeping} for places where mail lies
     * @param isProbed whose mail is taken; the same object whenever the same reflector is configured again
     * @param troubles what is wrong with the reflector now
     */
    static List<Place> places(
            ReflectorConfig config,
            Generations handlers,
            Predicate<EmailAddress> isProbed,
            ReflectorMeters meters,
            Supplier<List<String>> troubles) {
        List<Place> places = new ArrayList<>();
        for (ListenUrl url : config.listen()) {
            places.add(new ListenerPlace(url.toString(), listenerSettings(config, url, isProbed), handlers));
        }
        if (places.isEmpty()) {
            throw new IllegalArgumentException(
                    "the configuration has nothing to listen on; add for example: listen: [smtp://127.0.0.1:2525]");
        }
        if (config.metrics() != null) {
            places.add(new StatusPlace(config.metrics(), meters::scrape, troubles));
        }
        return places;
    }

    /** The same, for a look at them; nothing that comes is handled. */
    static List<Place> placesToCheck(ReflectorConfig config) {
        ReflectorMeters meters = new ReflectorMeters(Programs.version(), TimeSource.system());
        Generation nobody = generation(config, meters, null);
        nobody.retire();
        return places(config, new Generations(nobody), address -> false, meters, List::of);
    }

    private static ListenerSettings listenerSettings(
            ReflectorConfig config, ListenUrl url, Predicate<EmailAddress> isProbed) {
        return ListenerSettings.on(url.host(), url.port())
                .named(config.settings().agent())
                .acceptingIf(isProbed)
                .withMaxMessageSize(config.messageSize())
                .withMaxConnections(config.connections());
    }

    /** A flooding client is stopped before it takes from what all may have together. */
    private static MailHandler guarded(
            ReflectorLimits limits, ReflectorSettings settings, Relay relay, ReplayGuard replays) {
        TimeSource time = TimeSource.system();
        RateLimit<String> keys = new RateLimit<>(
                limits.perMinutePerKey(), Math.max(1, settings.trust().size()), time);
        return PacedHandler.perClient(
                PacedHandler.overall(new Reflector(settings, relay, replays, keys), limits.perMinute(), time),
                limits.perMinutePerClient(),
                time);
    }

    /** The ledger that a monitor's configuration names. */
    static Ledger openLedger(MonitorConfig config) {
        return Stores.open(config.database());
    }

    /** What stands behind a monitor's intakes. */
    static ReturnDesk returnDesk(MonitorConfig config, Ledger ledger, Flights flights, Consumer<ProbeRecord> ended) {
        TrustedKey own = TrustedKey.of(config.key().getPublic());
        TokenVerifier verifier = new TokenVerifier(List.of(own), address -> true, TokenVerifier.DEFAULT_SKEW);
        return new ReturnDesk(config.settings(), verifier, ledger, flights, ended);
    }

    /** A monitor that sends and receives when told to; a schedule is put on top of it by whoever wants one. */
    static RunningMonitor startMonitor(MonitorConfig config, Consumer<ProbeRecord> ended) {
        return RunningMonitor.start(config, ended, MONITOR_LOG);
    }
}
