package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.ListenUrl;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.intake.DiscardingHandler;
import org.mailsonar.intake.Intake;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.PacedHandler;
import org.mailsonar.intake.mailbox.MailboxAgent;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.relay.Relay;
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

    private Wiring() {}

    /** A resident reflector with all its listeners and mailboxes. */
    static RunningReflector startReflector(ReflectorConfig config) {
        Relay relay = config.relay().open();
        MailHandler reflector =
                new PacedHandler(new Reflector(config.settings(), relay), config.perMinute(), TimeSource.system());
        MailHandler handler = new LoggedHandler(
                config.strangers() == ReflectorConfig.Strangers.DISCARD ? new DiscardingHandler(reflector) : reflector,
                new MessageLog(REFLECTOR_LOG),
                TimeSource.system());
        List<Intake> intakes = new ArrayList<>();
        try {
            for (ListenUrl url : config.listen()) {
                ListenerSettings settings = ListenerSettings.on(url.host(), url.port())
                        .named(config.settings().agent())
                        .acceptingIf(config.settings()::isProbed)
                        .withMaxMessageSize(config.messageSize())
                        .withMaxConnections(config.connections());
                intakes.add(SmtpListener.start(settings, handler));
            }
            for (MailboxSettings mailbox : config.mailboxes()) {
                intakes.add(MailboxAgent.start(mailbox, handler, TimeSource.system()));
            }
        } catch (RuntimeException failed) {
            new RunningReflector(List.copyOf(intakes), relay).close();
            throw failed;
        }
        return new RunningReflector(List.copyOf(intakes), relay);
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
