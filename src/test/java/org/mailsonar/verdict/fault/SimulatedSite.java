package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.DirectedResult.Scope;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;

/**
 * Plays a site whose machines behave as mail servers do: an MTA may look a recipient up in the directory before it takes a mail, a proxy looks
 * the user up there and then talks to the store, and each of them hands on what it meets behind it. It knows conditions of machines and of
 * the ways between them, and nothing of how faults are found.
 */
final class SimulatedSite {

    /** What a machine is like. */
    enum Condition {
        FINE,
        REFUSED,
        UNREACHABLE,
        HUNG,
        SLOW,
        REFUSING_LOGINS,
        /** It answers, and says no to one account. */
        REFUSING_ONE,
        /** It takes mail and does not get rid of it. */
        QUEUE_FULL,
        /** It takes no more mail, since there is no room. */
        NO_ROOM
    }

    private static final Duration FAST = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(40);

    /** What a step came to: null is well. */
    private record Step(@Nullable Trouble trouble, Duration took, String words) {

        static Step good() {
            return took(FAST);
        }

        static Step took(Duration time) {
            return new Step(null, time, "");
        }

        static Step bad(Stage stage, Kind kind) {
            return bad(stage, kind, "failed");
        }

        static Step bad(Stage stage, Kind kind, String words) {
            return new Step(new Trouble(stage, kind), FAST, words);
        }

        boolean isBad() {
            return trouble != null;
        }

        Step and(Step next) {
            return isBad() ? this : new Step(next.trouble, took.plus(next.took), next.words);
        }
    }

    private final Site site;
    private final Map<String, Condition> conditions = new HashMap<>();
    private final Set<Set<String>> brokenWays = new HashSet<>();
    private final boolean looksUpRecipients;
    private String oneStore = "";
    private boolean isMonitorCutOff;

    /**
     * A site where all is well.
     *
     * @param looksUpRecipients whether the MTAs ask the directory for each recipient
     */
    SimulatedSite(Site site, boolean looksUpRecipients) {
        this.site = site;
        this.looksUpRecipients = looksUpRecipients;
    }

    void set(String machine, Condition condition) {
        conditions.put(machine, condition);
    }

    /** The account that a machine of condition {@link Condition#REFUSING_ONE} refuses is on this store. */
    void refuses(String machine, String store) {
        conditions.put(machine, Condition.REFUSING_ONE);
        oneStore = store;
    }

    void cut(String one, String other) {
        brokenWays.add(Set.of(one, other));
    }

    void cutMonitorOff() {
        isMonitorCutOff = true;
    }

    PathRun run(Path path, Instant at) {
        Step submit = submit(path.mta(), path.store());
        if (submit.isBad()) {
            return failed(path, at, Leg.SUBMIT, submit, null);
        }
        Step login = login(path.proxy(), path.store());
        if (login.isBad()) {
            return failed(path, at, Leg.RETRIEVE, login, submit.took());
        }
        Step way = delivery(path.mta(), path.store());
        if (way.isBad()) {
            return failed(path, at, Leg.ARRIVAL, Step.bad(Stage.RESULT, Kind.TIME_OUT), submit.took());
        }
        Duration total = submit.took().plus(login.took()).plus(way.took());
        boolean isSlow = total.compareTo(site.timings().slowAfter()) > 0;
        Leg longest = submit.took().compareTo(LONG) >= 0
                ? Leg.SUBMIT
                : way.took().compareTo(LONG) >= 0 ? Leg.ARRIVAL : Leg.RETRIEVE;
        return new PathRun(
                site.name(),
                path,
                at,
                submit.took(),
                login.took(),
                total,
                isSlow ? State.WARNING : State.GOOD,
                isSlow ? "slow" : "",
                isSlow ? longest : null,
                isSlow ? new Trouble(Stage.RESULT, Kind.SLOW) : null,
                List.of());
    }

    private PathRun failed(Path path, Instant at, Leg leg, Step step, @Nullable Duration submit) {
        return new PathRun(
                site.name(), path, at, submit, null, null, State.FAILING, step.words(), leg, step.trouble(), List.of());
    }

    DirectedResult check(Scope scope, String machine, @Nullable String store, Instant at) {
        Step step = switch (scope) {
            case CONNECT -> tcp(machine);
            case SUBMIT -> submit(machine, String.valueOf(store));
            case RETRIEVE -> login(machine, String.valueOf(store));
            case STORE -> connect(machine).and(backEnd(String.valueOf(store)));
            case DIRECTORY -> directory(machine);
            case QUEUE -> queue(machine);
        };
        boolean isSlow = step.took().compareTo(LONG) >= 0;
        Trouble trouble = isSlow ? new Trouble(Stage.RESULT, Kind.SLOW) : step.trouble();
        State state = step.isBad() ? State.FAILING : isSlow ? State.WARNING : State.GOOD;
        String name = scope + " " + machine + (store == null ? "" : " " + store);
        CheckResult result =
                new CheckResult(name, state, step.words(), at, step.took(), List.of(), List.of(), trouble, null, "");
        return new DirectedResult(scope, machine, store, result);
    }

    private Step submit(String mta, String store) {
        Step greeted = connect(mta);
        Condition condition = condition(mta);
        if (greeted.isBad() || condition == Condition.REFUSING_LOGINS) {
            return greeted.and(Step.bad(Stage.LOGIN, Kind.REJECTED));
        }
        if (condition == Condition.NO_ROOM) {
            return Step.bad(
                    Stage.COMMAND, Kind.DEFERRED, "mta:25: 452 4.3.1 Insufficient system storage (after MAIL FROM)");
        }
        if (condition == Condition.REFUSING_ONE && store.equals(oneStore)) {
            return Step.bad(Stage.COMMAND, Kind.REJECTED);
        }
        return looksUpRecipients ? greeted.and(lookUp(mta, Stage.COMMAND)) : greeted;
    }

    private Step login(String proxy, String store) {
        Step greeted = connect(proxy);
        Condition condition = condition(proxy);
        if (greeted.isBad()) {
            return greeted;
        }
        if (condition == Condition.REFUSING_LOGINS || (condition == Condition.REFUSING_ONE && store.equals(oneStore))) {
            return Step.bad(Stage.LOGIN, Kind.REJECTED);
        }
        return greeted.and(lookUp(proxy, Stage.LOGIN)).and(behind(proxy, store));
    }

    /** The proxy tells its customer what came of its own way to the store. */
    private Step behind(String proxy, String store) {
        if (isCut(proxy, store)) {
            return Step.bad(Stage.LOGIN, Kind.DEFERRED);
        }
        return switch (condition(store)) {
            case REFUSED -> Step.bad(Stage.LOGIN, Kind.DEFERRED);
            case UNREACHABLE, HUNG -> Step.bad(Stage.LOGIN, Kind.TIME_OUT);
            default -> backEnd(store);
        };
    }

    private Step backEnd(String store) {
        return switch (condition(store)) {
            case REFUSING_LOGINS -> Step.bad(Stage.LOGIN, Kind.REJECTED);
            case SLOW -> Step.took(LONG);
            default -> Step.good();
        };
    }

    private Step delivery(String mta, String store) {
        boolean isLost = condition(mta) == Condition.QUEUE_FULL
                || isCut(mta, store)
                || isDead(store)
                || condition(store) == Condition.REFUSING_ONE;
        return isLost ? Step.bad(Stage.RESULT, Kind.TIME_OUT) : Step.good();
    }

    /** A server that asks a directory says "not now" when nobody is there, and itself waits when nobody answers. */
    private Step lookUp(String machine, Stage stage) {
        Step all = Step.good();
        for (var directory : site.directories()) {
            if (isCut(machine, directory.name())) {
                return untold(stage);
            }
            Step asked = switch (condition(directory.name())) {
                case REFUSED, REFUSING_LOGINS -> untold(stage);
                case UNREACHABLE, HUNG -> Step.bad(stage, Kind.TIME_OUT);
                case SLOW -> Step.took(LONG);
                default -> Step.good();
            };
            all = all.and(asked);
        }
        return all;
    }

    /** As Postfix and Dovecot say it. */
    private static Step untold(Stage stage) {
        return Step.bad(
                stage,
                Kind.DEFERRED,
                stage == Stage.LOGIN
                        ? "the login is refused: [UNAVAILABLE] Temporary authentication failure."
                        : "mta:25: 451 4.3.0 Temporary lookup failure (after RCPT TO)");
    }

    private Step directory(String machine) {
        Step greeted = connect(machine);
        return condition(machine) == Condition.REFUSING_LOGINS ? Step.bad(Stage.LOGIN, Kind.REJECTED) : greeted;
    }

    /** Mail waits wherever it cannot go on. */
    private Step queue(String mta) {
        if (isMonitorCutOff || condition(mta) == Condition.UNREACHABLE || condition(mta) == Condition.REFUSED) {
            return Step.bad(Stage.CONNECT, Kind.TIME_OUT);
        }
        boolean isWaiting = site.stores().stream().anyMatch(store -> isCut(mta, store.name()) || isDead(store.name()));
        boolean isFull = condition(mta) == Condition.QUEUE_FULL || condition(mta) == Condition.NO_ROOM;
        return isWaiting || isFull ? Step.bad(Stage.RESULT, Kind.UNEXPECTED) : Step.good();
    }

    private Step tcp(String machine) {
        Step step = connect(machine);
        return condition(machine) == Condition.HUNG && !isMonitorCutOff ? Step.good() : step;
    }

    private Step connect(String machine) {
        if (isMonitorCutOff) {
            return Step.bad(Stage.CONNECT, Kind.TIME_OUT);
        }
        return switch (condition(machine)) {
            case REFUSED -> Step.bad(Stage.CONNECT, Kind.REFUSED);
            case UNREACHABLE -> Step.bad(Stage.CONNECT, Kind.TIME_OUT);
            case HUNG -> Step.bad(Stage.GREETING, Kind.TIME_OUT);
            case SLOW -> Step.took(LONG);
            default -> Step.good();
        };
    }

    private boolean isDead(String machine) {
        Condition condition = condition(machine);
        return condition == Condition.REFUSED || condition == Condition.UNREACHABLE || condition == Condition.HUNG;
    }

    private boolean isCut(String one, String other) {
        return brokenWays.contains(Set.of(one, other));
    }

    private Condition condition(String machine) {
        return conditions.getOrDefault(machine, Condition.FINE);
    }
}
