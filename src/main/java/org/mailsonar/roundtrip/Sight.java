package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailsonar.relay.Transmission;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Knows whether this monitor can see: whether it runs, its clocks agree, its inbox can be read, and its submission host takes mail.
 * What it cannot see proves nothing, so each such time is remembered, here and in the {@link Attendance}. Thread-safe.
 */
public final class Sight {

    /** A process that was not heard of for so long did not run: it was stopped, or the machine slept. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** By so much the clocks may differ between two ticks. */
    static final Duration STEP = Duration.ofSeconds(2);

    /** For how long an inbox may have trouble before it counts: a server that is started again is back by then. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_REMEMBERED = 200;

    private final String vantage;
    private final String monitor;
    private final Attendance attendance;
    private final TimeSource time;
    private final Supplier<Optional<String>> inbox;
    private final HostHealth host = new HostHealth();
    private final SelfProbe self = new SelfProbe();
    private final Deque<Attendance.Blindness> remembered = new ArrayDeque<>();
    private @Nullable Moment last;
    private @Nullable Moment inboxTroubleSince;
    private @Nullable Instant blindSince;
    private @Nullable String blind;
    private @Nullable Moment clearSince;

    /**
     * Sight that is good until something is known against it.
     *
     * @param inbox what keeps returns from coming in now; empty when nothing does
     */
    public Sight(MonitorSettings settings, Attendance attendance, TimeSource time, Supplier<Optional<String>> inbox) {
        this.vantage = settings.vantage();
        this.monitor = settings.monitor();
        this.attendance = attendance;
        this.time = time;
        this.inbox = inbox;
    }

    /** Notes how a host answered for a probe; those of targets with a host of their own say nothing about ours. */
    void handedOver(Target target, Transmission answer) {
        if (target.route().submission() == null) {
            host.answered(target.name(), answer);
        }
    }

    /** Why a refusal says nothing about the target: its host refuses everything. Null when it does not. */
    @Nullable
    String refusesAll(Target target) {
        return target.route().submission() == null ? host.trouble() : null;
    }

    /** Notes that a return came in. */
    void returned(ProbeRecord probe) {
        self.returned(probe, time.now().wall());
    }

    /** Notes that a probe was not back in time. */
    void missed(ProbeRecord probe) {
        self.missed(probe);
    }

    /**
     * To be called about once a second, by one thread: looks at clocks and inbox.
     *
     * @return whether the wall clock was set since the last time
     */
    public synchronized boolean tick() {
        Moment now = time.now();
        Moment before = last;
        last = now;
        boolean stepped = before != null && lookAtClocks(before, now);
        String why = whyBlind(now);
        if (why != null) {
            Instant from = blindSince == null ? now.wall() : blindSince;
            blindSince = from;
            blind = why;
            clearSince = null;
            remember(from, now.wall(), why);
        } else if (blindSince != null) {
            remember(blindSince, now.wall(), String.valueOf(blind));
            blindSince = null;
            blind = null;
            clearSince = now;
        }
        return stepped;
    }

    /** Why it cannot see now; empty when it can. */
    public synchronized Optional<String> blind() {
        return Optional.ofNullable(blind);
    }

    /** Why what was looked at in a time proves nothing: it is blind, was so meanwhile, or did not run; empty when it proves something. */
    public synchronized Optional<String> blindWithin(Instant from, Instant until) {
        if (blind != null) {
            return Optional.of(blind);
        }
        Moment before = last;
        Duration silent = before == null ? Duration.ZERO : time.now().since(before);
        if (silent.compareTo(PAUSE) > 0) { // it has just come to itself, and the next tick will note it
            return Optional.of("the monitor did not run for " + silent.toSeconds() + " s");
        }
        return remembered.stream()
                .filter(blindness ->
                        !blindness.until().isBefore(from) && !blindness.from().isAfter(until))
                .map(Attendance.Blindness::why)
                .findFirst();
    }

    /** Whether it can see, and what has waited for that has come in. */
    public boolean isClear() {
        return isClearFor(OverdueProbes.GRACE, time.now());
    }

    /** Whether it can see, and could for this long: what waited for it meanwhile has come in. */
    synchronized boolean isClearFor(Duration grace, Moment now) {
        return blind == null && (clearSince == null || now.since(clearSince).compareTo(grace) >= 0);
    }

    /** Why the loss of a probe that this process sent proves nothing; empty when it does prove something. */
    synchronized Optional<String> excuse(ProbeRecord probe) {
        return excuse(probe, remembered);
    }

    /**
     * Why the loss of a probe proves nothing: a blindness lay over its deadline, or took at least a tenth of its time.
     *
     * @param blindnesses of the monitor that sent it
     */
    static Optional<String> excuse(ProbeRecord probe, Iterable<Attendance.Blindness> blindnesses) {
        for (Attendance.Blindness blindness : blindnesses) {
            Instant from = later(blindness.from(), probe.sent());
            Instant until = earlier(blindness.until(), probe.deadline());
            boolean touches = !from.isAfter(until);
            boolean overDeadline = !blindness.from().isAfter(probe.deadline())
                    && !blindness.until().isBefore(probe.deadline());
            boolean long_ = touches
                    && Duration.between(from, until).compareTo(probe.timeout().dividedBy(10)) >= 0;
            if (overDeadline || long_) {
                return Optional.of(blindness.why());
            }
        }
        return Optional.empty();
    }

    private boolean lookAtClocks(Moment before, Moment now) {
        Duration ran = now.since(before);
        Duration step = Duration.between(before.wall(), now.wall()).minus(ran);
        boolean stepped = step.abs().compareTo(STEP) > 0;
        if (ran.compareTo(PAUSE) > 0) {
            note(before.wall(), now.wall(), "the monitor did not run for " + ran.toSeconds() + " s");
        } else if (stepped && step.isNegative()) {
            // The time that is to come once more must not excuse what is sent in it.
            note(
                    now.wall(),
                    now.wall(),
                    "the wall clock went back by " + step.abs().toSeconds() + " s");
            blindSince = blindSince == null ? null : now.wall();
        } else if (stepped) {
            note(
                    before.wall(),
                    now.wall(),
                    "the wall clock went forward by " + step.toSeconds() + " s, or the machine slept");
        }
        return stepped;
    }

    private @Nullable String whyBlind(Moment now) {
        String trouble = inbox.get().orElse(null);
        Moment since = inboxTroubleSince == null ? now : inboxTroubleSince;
        inboxTroubleSince = trouble == null ? null : since;
        if (trouble != null && now.since(since).compareTo(PATIENCE) >= 0) {
            return "returns cannot come in: " + trouble;
        }
        String hostTrouble = host.trouble();
        return hostTrouble == null ? self.trouble() : hostTrouble;
    }

    private void note(Instant from, Instant until, String why) {
        remember(from, until, why);
        clearSince = last;
    }

    private void remember(Instant from, Instant until, String why) {
        Attendance.Blindness blindness = new Attendance.Blindness(monitor, vantage, from, until, why);
        if (!remembered.isEmpty() && remembered.getLast().from().equals(from)) {
            remembered.removeLast();
        }
        remembered.addLast(blindness);
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.removeFirst();
        }
    }

    /** What is to be written into the {@link Attendance}: all that is remembered and not older than an instant. */
    synchronized List<Attendance.Blindness> since(Instant since) {
        List<Attendance.Blindness> recent = new ArrayList<>(remembered);
        recent.removeIf(blindness -> blindness.until().isBefore(since));
        return recent;
    }

    /** Writes down what others have to know: that this monitor is here, and what it could not see lately. */
    public void sign(Instant started) {
        Instant now = time.now().wall();
        for (Attendance.Blindness blindness : since(now.minus(Duration.ofMinutes(2)))) {
            attendance.blind(blindness);
        }
        attendance.sign(new Attendance.Sign(monitor, vantage, started, now, blind().orElse(null)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
