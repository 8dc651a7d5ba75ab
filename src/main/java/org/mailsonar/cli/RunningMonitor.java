package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.ListenUrl;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.relay.Relay;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.schedule.ProbeSchedule;
import org.mailsonar.time.TimeSource;

/** A monitor at work: its ledger, its way out, and the handler behind its ways in. Closing it ends the ways in first. */
final class RunningMonitor implements AutoCloseable {

    /**
     * A return is short, as only the header of its probe goes back. A bounce may bring the whole probe along, but mail systems cut
     * what is longer than some 100 KiB.
     */
    static final int LARGEST_RETURN = 1024 * 1024;

    private static final int MOST_CONNECTIONS = 100;

    private final MonitorConfig config;
    private final Ledger ledger;
    private final Relay submission;
    private final ProbeDispatcher dispatcher;
    private final MailHandler returnDesk;
    private final Flights flights = new Flights();
    private final Consumer<ProbeRecord> ended;
    private final Logger log;
    private final List<AutoCloseable> running = new ArrayList<>();

    private RunningMonitor(
            MonitorConfig config, Ledger ledger, Relay submission, Consumer<ProbeRecord> ended, Logger log) {
        TokenSigner signer =
                new TokenSigner(config.key().getPrivate(), config.key().getPublic());
        this.config = config;
        this.ledger = ledger;
        this.submission = submission;
        this.ended = ended;
        this.log = log;
        this.dispatcher =
                new ProbeDispatcher(config.settings(), signer, submission, ledger, flights, TimeSource.system(), ended);
        this.returnDesk = new LoggedHandler(
                Wiring.returnDesk(config, ledger, flights, ended), new MessageLog(log), TimeSource.system());
    }

    /** Opens the ledger and the way out; nothing is sent and nothing listened on yet. */
    static RunningMonitor start(MonitorConfig config, Consumer<ProbeRecord> ended, Logger log) {
        return new RunningMonitor(
                config, Wiring.openLedger(config), config.submission().open(), ended, log);
    }

    Ledger ledger() {
        return ledger;
    }

    ProbeDispatcher dispatcher() {
        return dispatcher;
    }

    /** Listens for returns at every place that the configuration names. */
    void listen() {
        for (ListenUrl url : config.returns()) {
            ListenerSettings settings = ListenerSettings.on(url.host(), url.port())
                    .speaking(url.protocol(), config.tls())
                    .named(config.settings().returnTo().domain())
                    .acceptingIf(config.settings()::receivesAt)
                    .withMaxMessageSize(LARGEST_RETURN)
                    .withMaxConnections(MOST_CONNECTIONS);
            running.add(SmtpListener.start(settings, returnDesk));
        }
    }

    /** Begins to send by the schedule. */
    void schedule() {
        OverdueProbes overdue = new OverdueProbes(ledger, flights, TimeSource.system(), ended);
        ProbeSchedule schedule =
                new ProbeSchedule(config.targets(), dispatcher, overdue, ledger, TimeSource.system(), log::warn);
        schedule.start();
        running.addFirst(schedule);
    }

    @Override
    public void close() {
        for (AutoCloseable part : running) {
            try {
                part.close();
            } catch (Exception failed) {
                log.warn("while stopping: {}", failed.toString());
            }
        }
        submission.close();
        ledger.close();
    }
}
