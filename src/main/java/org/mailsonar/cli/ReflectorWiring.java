package org.mailsonar.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ListenUrl;
import org.mailsonar.config.Programs;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.config.ReflectorLimits;
import org.mailsonar.config.WatchUrl;
import org.mailsonar.intake.DiscardingHandler;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.PacedHandler;
import org.mailsonar.intake.RateLimit;
import org.mailsonar.intake.directory.DirectorySettings;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.intake.smtp.ListenerLimits;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SessionLimits;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.reflect.ReflectorSettings;
import org.mailsonar.reflect.ReplayGuard;
import org.mailsonar.relay.Relay;
import org.mailsonar.report.ReflectorMeters;
import org.mailsonar.report.TimedRelay;
import org.mailsonar.time.TimeSource;

/** Where the objects of a reflector meet: makes the running parts from what its configuration file says. */
final class ReflectorWiring {

    private static final Logger LOG = LogManager.getLogger("org.mailsonar.reflector");

    /** At the usual window of two hours, 14 different probes a second; 30 MB of memory when all of it is used. */
    private static final int MOST_REPLAYS_REMEMBERED = 100_000;

    private ReflectorWiring() {}

    /** A resident reflector with all its places. */
    static RunningReflector start(ReflectorConfig config) {
        return RunningReflector.start(config, new ReflectorMeters(Programs.version(), TimeSource.system()));
    }

    /**
     * What stands behind all places while this configuration is in force.
     *
     * @param before what was in force so far; the probes that it remembers are not returned again if the window is the same. Null at
     *     first
     */
    static Generation generation(ReflectorConfig config, ReflectorMeters meters, @Nullable Generation before) {
        TimedRelay relay = meters.timed(config.relay().open());
        ReplayGuard replays = replays(config.limits().replayWindow(), before);
        MailHandler reflector = reflector(config, relay, replays);
        MailHandler paced = paced(reflector, config.limits());
        MailHandler listening =
                config.strangers() == ReflectorConfig.Strangers.DISCARD ? new DiscardingHandler(paced) : paced;
        return new Generation(config, relay, logged(listening, meters), logged(reflector, meters), replays);
    }

    private static ReplayGuard replays(@Nullable Duration window, @Nullable Generation before) {
        if (before != null && Objects.equals(before.config().limits().replayWindow(), window)) {
            return before.replays();
        }
        return window == null
                ? ReplayGuard.none()
                : ReplayGuard.within(window, MOST_REPLAYS_REMEMBERED, TimeSource.system());
    }

    private static MailHandler logged(MailHandler handler, ReflectorMeters meters) {
        return new LoggedHandler(handler, meters.andThen(new MessageLog(LOG)), TimeSource.system());
    }

    /**
     * All places that a reflector's configuration names.
     *
     * @param listening what stands behind listeners
     * @param holding what stands behind places where mail lies; it leaves strangers' mail there
     * @param isProbed whose mail is taken; the same object whenever the same reflector is configured again
     * @param troubles what is wrong with the reflector now
     */
    static List<Place> places(
            ReflectorConfig config,
            MailHandler listening,
            MailHandler holding,
            Predicate<EmailAddress> isProbed,
            ReflectorMeters meters,
            Supplier<List<String>> troubles) {
        List<Place> places = new ArrayList<>();
        for (ListenUrl url : config.listen()) {
            places.add(new ListenerPlace(url.toString(), listenerSettings(config, url, isProbed), listening));
        }
        for (WatchUrl url : config.watch()) {
            DirectorySettings settings = DirectorySettings.of(
                    url.kind(), url.directory(), config.settings().address(), config.messageSize());
            places.add(new DirectoryPlace(settings, holding));
        }
        for (MailboxSettings mailbox : config.mailboxes()) {
            places.add(new MailboxPlace(mailbox, holding));
        }
        if (places.isEmpty()) {
            throw new IllegalArgumentException("the configuration has no place to take mail from; add for example:"
                    + " listen: [smtp://127.0.0.1:2525], or spool: /var/spool/mailsonar");
        }
        if (config.metrics() != null) {
            places.add(new StatusPlace(config.metrics(), meters::scrape, troubles));
        }
        return places;
    }

    /** The same, for a look at them without a reflector. */
    static List<Place> placesToCheck(ReflectorConfig config) {
        MailHandler nobody = mail -> new Disposition.Deferred("only a check; try again later");
        ReflectorMeters meters = new ReflectorMeters(Programs.version(), TimeSource.system());
        return places(config, nobody, nobody, address -> false, meters, List::of);
    }

    private static ListenerSettings listenerSettings(
            ReflectorConfig config, ListenUrl url, Predicate<EmailAddress> isProbed) {
        return ListenerSettings.on(url.host(), url.port())
                .speaking(url.protocol(), config.tls())
                .named(config.settings().agent())
                .acceptingIf(isProbed)
                .limitedBy(listenerLimits(config.limits()));
    }

    private static MailHandler reflector(ReflectorConfig config, Relay relay, ReplayGuard replays) {
        ReflectorSettings settings = config.settings();
        RateLimit<String> keys = new RateLimit<>(
                config.limits().perMinutePerKey(), Math.max(1, settings.trust().size()), TimeSource.system());
        return new Reflector(settings, relay, replays, keys);
    }

    /** For listeners: a flooding client is stopped before it takes from what all may have together. */
    private static MailHandler paced(MailHandler reflector, ReflectorLimits limits) {
        TimeSource time = TimeSource.system();
        return PacedHandler.perClient(
                PacedHandler.overall(reflector, limits.perMinute(), time), limits.perMinutePerClient(), time);
    }

    private static ListenerLimits listenerLimits(ReflectorLimits limits) {
        return ListenerLimits.STANDARD
                .withMessageSize(limits.messageSize())
                .withConnections(limits.connections())
                .withConnectionsPerClient(limits.connectionsPerClient())
                .withSession(SessionLimits.STANDARD.withGreetingPause(limits.greetingPause()));
    }
}
