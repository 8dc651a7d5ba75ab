package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckBook;
import org.mailsonar.roundtrip.Absences;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckAssessor;
import org.mailsonar.verdict.CheckTarget;
import org.mailsonar.verdict.CheckTargets;

/**
 * Sends each target's probes when the agenda says so, and has what becomes of them looked at: overdue ones, slow ones, the monitor's own
 * sight, and whatever else goes on in rounds. Until it is closed. Thread-safe.
 */
public final class ProbeSchedule implements AutoCloseable {

    private static final Duration SEND = Duration.ofMillis(50);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SIGHT = Duration.ofSeconds(1);
    private static final Duration SIGN = Duration.ofSeconds(10);

    /** After so long without a look the agenda is planned anew. */
    private static final Duration HALT = Duration.ofMinutes(1);

    private final MonitorSettings settings;
    private final Targets targets;
    private final @Nullable Target self;
    private final Parts parts;
    private final TimeSource time;
    private final Rounds rounds;
    private final Sending sending;
    private final Reviews reviews;
    private final @Nullable Checking checking;
    private final @Nullable Diagnosing diagnosing;
    private final @Nullable LocalChecks local;
    private volatile boolean planWanted;
    private volatile @Nullable Moment sent;

    /**
     * What a schedule works with.
     *
     * @param judge judges the target of a probe
     * @param checks what is checked beside; null for nothing
     */
    public record Parts(
            Agenda agenda,
            Ledger ledger,
            ProbeDispatcher dispatcher,
            OverdueProbes overdue,
            Sight sight,
            Absences absences,
            Consumer<ProbeRecord> judge,
            @Nullable Checks checks) {

        /** Nothing is checked. */
        public Parts(
                Agenda agenda,
                Ledger ledger,
                ProbeDispatcher dispatcher,
                OverdueProbes overdue,
                Sight sight,
                Absences absences,
                Consumer<ProbeRecord> judge) {
            this(agenda, ledger, dispatcher, overdue, sight, absences, judge, null);
        }
    }

    /**
     * What is checked.
     *
     * @param targets by a schedule
     * @param assessor judges them
     * @param diagnoses what is checked when a probe of the target of this name was lost
     * @param book keeps what that finds
     */
    public record Checks(
            CheckTargets targets, CheckAssessor assessor, Function<String, List<Check>> diagnoses, CheckBook book) {}

    /**
     * A schedule that does nothing before {@link #start}.
     *
     * @param self the monitor itself as a target; null where it does not probe itself
     * @param trouble takes one line for each thing that failed and will be tried again
     */
    public ProbeSchedule(
            MonitorSettings settings,
            Targets targets,
            @Nullable Target self,
            Parts parts,
            TimeSource time,
            Consumer<String> trouble) {
        this(settings, targets, self, parts, time, new Rounds(new SystemTimer(), trouble));
    }

    /** With rounds of one's own, which are closed here. */
    ProbeSchedule(
            MonitorSettings settings,
            Targets targets,
            @Nullable Target self,
            Parts parts,
            TimeSource time,
            Rounds rounds) {
        this.settings = settings;
        this.targets = targets;
        this.self = self;
        this.parts = parts;
        this.time = time;
        this.rounds = rounds;
        this.reviews = new Reviews(parts.judge(), rounds::tell);
        this.sending = new Sending(
                settings, parts.agenda(), this::target, this::check, parts.dispatcher(), time, rounds::tell);
        Checks checks = parts.checks();
        BlindnessDiscount discount = new BlindnessDiscount(parts.sight()::blindWithin);
        this.checking =
                checks == null ? null : new Checking(parts.agenda(), checks.assessor(), discount, time, rounds::tell);
        this.diagnosing = checks == null
                ? null
                : new Diagnosing(
                        settings.vantage(),
                        checks.diagnoses(),
                        checks.book(),
                        discount,
                        time,
                        reviews::want,
                        rounds::tell);
        this.local =
                checks == null || checking == null ? null : new LocalChecks(() -> local(checks), checking::begin, time);
    }

    private static List<CheckTarget> local(Checks checks) {
        return checks.targets().all().stream().filter(CheckTarget::isLocal).toList();
    }

    /** Begins. What the database does not let be done now is done as soon as it does. */
    public void start() {
        Instant started = time.now().wall();
        plan();
        parts.sight().sign(started);
        rounds.every(SIGHT, "the look at this monitor's own sight", this::lookAtSight);
        rounds.every(SIGN, "the sign that this monitor is at work", () -> {
            parts.sight().sign(started);
            parts.absences().look(time.now().wall());
        });
        rounds.every(SEND, "the look for probes that are due", this::send);
        rounds.every(LOOK, "the look for overdue probes", this::look);
        if (local != null) {
            rounds.every(SIGHT, "the look at this machine", local::look);
        }
    }

    /** Does something else now and then as well. */
    public void alsoEvery(Duration pause, String what, Runnable work) {
        rounds.every(pause, what, work);
    }

    /** Has something looked at again soon, at an instant where the agenda says when. */
    public void lookAgain(CheckTarget target, Instant due) {
        if (!target.isLocal()) {
            parts.agenda().retry(target.name(), settings.vantage(), due, due, due);
        } else if (local != null) {
            local.again(target);
        }
    }

    /** Has the agenda brought in line with the targets soon; to be called when these were exchanged. */
    public void planAnew() {
        planWanted = true;
    }

    private void plan() {
        List<Judged> all = new ArrayList<>(targets.all());
        Checks checks = parts.checks();
        if (checks != null) {
            checks.targets().all().stream().filter(target -> !target.isLocal()).forEach(all::add);
        }
        if (self != null) {
            all.add(self);
        }
        Map<String, Agenda.Entry> before = parts.agenda().entries(settings.vantage());
        List<Agenda.Entry> changed = FirstRun.entries(all, before, time.now().wall());
        if (!changed.isEmpty()) {
            parts.agenda().write(settings.vantage(), changed);
        }
    }

    /** Has the target of a probe judged, since something happened to it. */
    public void happened(ProbeRecord probe) {
        if (!probe.target().equals(MonitorSettings.SELF)) {
            reviews.want(probe);
            if (diagnosing != null) {
                diagnosing.want(probe);
            }
        }
    }

    /** What is none any more has just left the configuration, and the agenda is about to be told. */
    private void check(Agenda.Claim claim) {
        Checks checks = parts.checks();
        if (checks != null && checking != null) {
            checks.targets().named(claim.target()).ifPresent(target -> checking.begin(target, claim));
        }
    }

    /** Whether nothing is being sent, looked for or judged just now. */
    boolean isIdle() {
        return rounds.isIdle() && sending.isIdle() && reviews.isIdle() && (checking == null || checking.isIdle());
    }

    @Override
    public void close() {
        rounds.close();
        sending.close();
        if (checking != null && diagnosing != null) {
            checking.close();
            diagnosing.close();
        }
        reviews.close();
    }

    /** What keeps it from working, one line each; nothing when all is well. */
    public List<String> troubles() {
        return rounds.troubles();
    }

    private void lookAtSight() {
        if (parts.sight().tick()) {
            planWanted = true;
        }
    }

    /**
     * Where the wall clock was set, the agenda speaks of another time, and after a halt or an outage of the database all of it is due:
     * without a new plan all would be silent, or sent at once.
     */
    private void send() {
        Moment now = time.now();
        Moment before = sent;
        if (planWanted || (before != null && now.since(before).compareTo(HALT) > 0)) {
            planWanted = true;
            plan();
            planWanted = false;
        }
        sending.sendDue();
        sent = time.now();
    }

    /** What cannot be seen is not slow either. */
    private void look() {
        parts.overdue().decide();
        Instant now = time.now().wall();
        if (parts.sight().isClear()) {
            parts.ledger().turnedSlow(settings.vantage(), now).forEach(this::happened);
        }
        reviews.again();
    }

    private Optional<Target> target(String name) {
        return self != null && name.equals(MonitorSettings.SELF) ? Optional.of(self) : targets.named(name);
    }
}
