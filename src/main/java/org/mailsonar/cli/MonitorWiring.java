package org.mailsonar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.ListenUrl;
import org.mailsonar.config.LocalHostName;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.MonitorReturns;
import org.mailsonar.config.WatchUrl;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.directory.DirectorySettings;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.notify.Announcer;
import org.mailsonar.notify.Heartbeat;
import org.mailsonar.notify.NotifySettings;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.ReturnDesk;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.time.TimeSource;

/** Where the objects of a monitor meet: makes the running parts from what its configuration file says. */
final class MonitorWiring {

    private static final Logger LOG = LogManager.getLogger("org.mailsonar.monitor");

    private static final int MOST_RETURN_CONNECTIONS = 100;

    private MonitorWiring() {}

    /** The store that a monitor's configuration names. */
    static Store openStore(MonitorConfig config) {
        return Stores.openStore(config.database().url(), config.database().password());
    }

    /** The same for a monitor that goes on while the database is away. */
    private static Store openLastingStore(MonitorConfig config) {
        Path journal = config.database().journal();
        return journal == null
                ? openStore(config)
                : Stores.openStore(config.database().url(), config.database().password(), journal);
    }

    /** What stands behind a monitor's intakes. */
    static ReturnDesk returnDesk(
            MonitorConfig config,
            Targets targets,
            Ledger ledger,
            Flights flights,
            Sight sight,
            Consumer<ProbeRecord> ended) {
        TrustedKey own = TrustedKey.of(config.key().getPublic());
        TokenVerifier verifier = new TokenVerifier(List.of(own), address -> true, TokenVerifier.DEFAULT_SKEW);
        return new ReturnDesk(config.settings(), targets, verifier, ledger, flights, sight, ended);
    }

    /**
     * Begins to tell people of changes, and the dead man's switch that all is well.
     *
     * @param troubles what keeps the monitor from seeing
     * @return ends it
     */
    static AutoCloseable telling(
            MonitorConfig config, Store store, Supplier<List<String>> troubles, Consumer<String> log) {
        NotifySettings settings = config.telling();
        Announcer announcer = new Announcer(settings, store.outbox(), TimeSource.system(), log);
        announcer.start();
        if (settings.heartbeat() == null) {
            return announcer;
        }
        Heartbeat heartbeat = new Heartbeat(settings.heartbeat(), troubles, log);
        heartbeat.start();
        return () -> {
            heartbeat.close();
            announcer.close();
        };
    }

    /**
     * All places where returns come in.
     *
     * @param home what stands behind them
     * @param isOurs whose mail is taken; the same object each time
     */
    static List<Place> returnPlaces(
            MonitorConfig config, Flights flights, MailHandler home, Predicate<EmailAddress> isOurs) {
        List<Place> places = new ArrayList<>();
        for (ListenUrl url : config.returns().listeners()) {
            ListenerSettings settings = ListenerSettings.on(url.host(), url.port())
                    .speaking(url.protocol(), config.tls())
                    .named(config.settings().returnTo().domain())
                    .acceptingIf(isOurs)
                    .withMaxMessageSize(MonitorReturns.LARGEST)
                    .withMaxConnections(MOST_RETURN_CONNECTIONS);
            places.add(new ListenerPlace(url.toString(), settings, home));
        }
        for (WatchUrl url : config.returns().maildirs()) {
            DirectorySettings settings = DirectorySettings.of(
                    url.kind(), url.directory(), config.settings().returnTo(), MonitorReturns.LARGEST);
            places.add(new DirectoryPlace(settings, home));
        }
        for (MailboxSettings mailbox : config.returns().mailboxes()) {
            places.add(new MailboxPlace(mailbox, home, flights.expectation()));
        }
        return places;
    }

    /**
     * The mailboxes of sites without a reflector.
     *
     * @param away what stands behind the mailbox of an address
     */
    static List<Place> mailboxPlaces(Targets targets, Flights flights, Function<EmailAddress, MailHandler> away) {
        List<Place> places = new ArrayList<>();
        for (Target target : targets.all()) {
            MailboxSettings mailbox = target.route().mailbox();
            if (mailbox != null && target.policy().enabled()) {
                places.add(new MailboxPlace(mailbox, away.apply(target.address()), flights.expectation(target.name())));
            }
        }
        return places;
    }

    /** A monitor that sends and receives when told to; a schedule is put on top of it by whoever wants one. */
    static RunningMonitor start(MonitorConfig config, Consumer<ProbeRecord> told) {
        return RunningMonitor.start(config, "", openStore(config), told, LOG);
    }

    /** A monitor that runs for long, with a name that no other process has. */
    static RunningMonitor startResident(MonitorConfig config, Consumer<ProbeRecord> told) {
        String name = LocalHostName.find() + "/" + ProcessHandle.current().pid() + "/"
                + Long.toString(System.currentTimeMillis(), 36);
        return RunningMonitor.start(config, name, openLastingStore(config), told, LOG);
    }
}
