package org.mailsonar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.MonitorChecks;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.roundtrip.Absences;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.ReturnDesk;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.SubmissionHosts;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.schedule.ProbeSchedule;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckTarget;
import org.mailsonar.verdict.CheckTargets;

/** A monitor at work: its store, its way out, and the handler behind its ways in. Closing it ends the ways in first. */
final class RunningMonitor implements AutoCloseable {

    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    private static final Duration REPORT_LOOK_EVERY = Duration.ofSeconds(30);
    private static final int TIDY_BATCHES = 50;
    private static final Duration SELF_TIMEOUT = Duration.ofMinutes(1);

    private final MonitorConfig config;
    private final MonitorSettings settings;
    private final Store store;
    private final Targets targets;
    private final CheckTargets checks;
    private final ScheduledChecks made;
    private volatile MonitorChecks checked;
    private final SubmissionHosts hosts;
    private final ProbeDispatcher dispatcher;
    private final Flights flights = new Flights(TimeSource.system());
    private final Sight sight;
    private final Consumer<ProbeRecord> told;
    private final Inboxes inboxes;
    private final Logger log;

    private volatile @Nullable ProbeSchedule schedule;
    private @Nullable AutoCloseable telling;

    private RunningMonitor(MonitorConfig config, String monitor, Store store, Consumer<ProbeRecord> told, Logger log) {
        TokenSigner signer =
                new TokenSigner(config.key().getPrivate(), config.key().getPublic());
        TimeSource time = TimeSource.system();
        this.config = config;
        this.settings = config.settings().called(monitor);
        this.store = store;
        this.told = told;
        this.log = log;
        this.targets = new Targets(config.targets());
        this.checked = config.checks();
        this.made = new ScheduledChecks(settings.vantage(), settings.monitor(), store);
        this.checks = new CheckTargets(made.of(checked));
        this.hosts = new SubmissionHosts(config.submission().open());
        this.sight = new Sight(settings, store.attendance(), time, this::inboxTrouble);
        this.dispatcher =
                new ProbeDispatcher(settings, signer, hosts, store.ledger(), flights, sight, time, this::ended);
        ReturnDesk desk = MonitorWiring.returnDesk(config, targets, store.ledger(), flights, sight, this::ended);
        this.inboxes = new Inboxes(config, flights, desk, log);
    }

    /**
     * Opens the way out; nothing is sent and nothing listened on yet.
     *
     * @param monitor its name among the monitors of its vantage; empty for one that ends soon
     * @param store closed with it
     * @param told told of each probe that was given its outcome here
     */
    static RunningMonitor start(
            MonitorConfig config, String monitor, Store store, Consumer<ProbeRecord> told, Logger log) {
        return new RunningMonitor(config, monitor, store, told, log);
    }

    Ledger ledger() {
        return store.ledger();
    }

    ProbeDispatcher dispatcher() {
        return dispatcher;
    }

    /** Takes returns at every place that the configuration names; where one cannot be had, at none. */
    void receive() {
        inboxes.open(targets);
    }

    /** Whether another process runs as a monitor of this vantage. */
    boolean isAnotherAtWork() {
        Instant fresh = TimeSource.system().now().wall().minus(OverdueProbes.SILENCE);
        return store.attendance().signs().stream()
                .anyMatch(sign -> sign.vantage().equals(settings.vantage())
                        && !sign.monitor().equals(settings.monitor())
                        && sign.at().isAfter(fresh));
    }

    /** Takes the return of one target at the places that can be had; gives what stands in the way of the others. */
    List<String> receiveWherePossible(Target target) {
        return inboxes.openWherePossible(target);
    }

    /** Begins to send by the schedule, to judge, and to tell. */
    void schedule() {
        TimeSource time = TimeSource.system();
        OverdueProbes overdue =
                new OverdueProbes(settings, store.ledger(), store.attendance(), flights, sight, time, this::ended);
        Absences absences = new Absences(settings, store.attendance());
        Judging judging = Judging.of(settings, targets, checks, sight, store, this::lookAgain);
        ProbeSchedule begun = new ProbeSchedule(
                settings,
                targets,
                self(),
                new ProbeSchedule.Parts(
                        store.agenda(),
                        store.ledger(),
                        dispatcher,
                        overdue,
                        sight,
                        absences,
                        judging.one(),
                        new ProbeSchedule.Checks(
                                checks, judging.checks(), target -> checked.of(target), store.checks())),
                time,
                log::warn);
        begun.alsoEvery(judging.allEvery(), "the look at all targets", judging.all());
        begun.alsoEvery(TIDY_EVERY, "the removal of what is too old", this::tidy);
        Reporting.daily(config, targets, settings.monitor(), store, log::info)
                .ifPresent(daily -> begun.alsoEvery(REPORT_LOOK_EVERY, "the report of the day before", daily::look));
        schedule = begun;
        begun.start();
        telling = MonitorWiring.telling(config, store, this::troubles, log::warn);
    }

    private void lookAgain(CheckTarget target, Instant due) {
        if (schedule != null) {
            schedule.lookAgain(target, due);
        }
    }

    /**
     * Takes over the targets of a configuration that was read again. All else in it needs a new start, and is told if it differs.
     *
     * @throws RuntimeException when the mailbox of a target cannot be had; then all is as before
     */
    void exchange(MonitorConfig next) {
        Places.Change change = inboxes.prepare(new Targets(next.targets()));
        targets.exchange(next.targets());
        checked = next.checks();
        checks.exchange(made.of(checked));
        change.closeUnwanted();
        change.commit();
        if (schedule != null) {
            schedule.planAnew();
        }
    }

    /** What keeps it from seeing, one line each; nothing when all is well. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(inboxes.troubles());
        sight.blind().ifPresent(troubles::add);
        if (schedule != null) {
            troubles.addAll(schedule.troubles());
        }
        return troubles;
    }

    @Override
    public void close() {
        close(telling);
        close(schedule);
        close(inboxes);
        close(hosts);
        store.close();
    }

    private void ended(ProbeRecord probe) {
        if (!probe.target().equals(MonitorSettings.SELF)) {
            told.accept(probe);
        }
        if (schedule != null) {
            schedule.happened(probe);
        }
    }

    private Optional<String> inboxTrouble() {
        return inboxes.troubles().stream().findFirst();
    }

    /** Its own probes are few and quick: what they tell has to be known before those of others are over. */
    private @Nullable Target self() {
        Duration every = config.selfProbe();
        if (every == null || config.returns().isEmpty()) {
            return null;
        }
        Duration timeout = SELF_TIMEOUT;
        for (Target target : config.targets()) {
            timeout = target.timeout().compareTo(timeout) < 0 ? target.timeout() : timeout;
        }
        return settings.self(new Timing(every, timeout, timeout, every));
    }

    private void tidy() {
        for (int i = 0; i < TIDY_BATCHES; i++) {
            int rows = store.tidy(
                    TimeSource.system().now().wall(),
                    config.retention().probes(),
                    config.retention().hours());
            if (rows == 0) {
                return;
            }
        }
    }

    private void close(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception failed) {
            log.warn("while stopping: {}", failed.toString());
        }
    }
}
