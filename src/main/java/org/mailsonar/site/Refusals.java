package org.mailsonar.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/**
 * Which machines refused a login of ours, for the last hour. Servers shut out whom they refuse often (fail2ban: five times in ten minutes), so a
 * password that is wrong is tried at a machine twice in ten minutes and not more. Thread-safe.
 */
public final class Refusals {

    /** How long a machine may shut this monitor out for a login that it refused. */
    public static final Duration REMEMBERED = Duration.ofHours(1);

    private static final Trouble REFUSED = new Trouble(Stage.LOGIN, Kind.REJECTED);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST = 2;

    /** A login: an account at a machine. The account of an MTA is its own, and is told by an empty name. */
    private record Login(String machine, String account) {}

    private final Map<Login, List<Instant>> refused = new HashMap<>();

    /** Whether a run was refused at a login. */
    public static boolean isRefused(PathRun run) {
        return run.state() == State.FAILING && REFUSED.equals(run.trouble());
    }

    /** Whether a run was not tried, since its login had been refused too often. */
    public static boolean isHeldBack(PathRun run) {
        return run.state() == State.UNKNOWN && REFUSED.equals(run.trouble());
    }

    /** A run that is not tried. */
    static PathRun heldBack(Site site, Path path, Instant now, String machine) {
        String error = "not tried: " + machine + " refused this login " + MOST + " times in " + WINDOW.toMinutes()
                + " min, and may shut out whom it refuses more often; see the password in the site's file";
        return new PathRun(site.name(), path, now, null, null, null, State.UNKNOWN, error, null, REFUSED, List.of());
    }

    /** Takes note of a run; only one that was refused counts. Where the login works again, all is forgiven. */
    public synchronized void note(PathRun run) {
        Path path = run.path();
        if (isRefused(run)) {
            Login login = run.leg() == Leg.SUBMIT ? ofMta(path) : ofAccount(path);
            refused.computeIfAbsent(login, any -> new ArrayList<>()).add(run.started());
        } else if (run.state() == State.GOOD || run.state() == State.WARNING) {
            forget(ofMta(path), run.started());
            forget(ofAccount(path), run.started());
        }
        Instant oldest = run.started().minus(REMEMBERED);
        refused.values().forEach(times -> times.removeIf(time -> time.isBefore(oldest)));
        refused.values().removeIf(List::isEmpty);
    }

    /** The same of a directed check. */
    public synchronized void note(DirectedResult check) {
        String account = check.store();
        Login login = switch (check.scope()) {
            case SUBMIT -> new Login(check.machine(), "");
            case RETRIEVE, STORE -> new Login(check.machine(), String.valueOf(account));
            case CONNECT, DIRECTORY, QUEUE -> null;
        };
        CheckResult result = check.result();
        if (login == null) {
            return;
        }
        if (result.state() == State.FAILING && REFUSED.equals(result.trouble())) {
            refused.computeIfAbsent(login, any -> new ArrayList<>()).add(result.at());
        } else if (result.state() == State.GOOD) {
            forget(login, result.at());
        }
    }

    /** Whether something may be looked at, since it takes no login that was refused since a time. */
    public synchronized boolean allow(Aim aim, Instant since) {
        return switch (aim.scope()) {
            case SUBMIT -> count(new Login(aim.machine(), ""), since) == 0;
            case RETRIEVE, STORE -> !isAccountRefused(String.valueOf(aim.store()), since);
            case CONNECT, DIRECTORY, QUEUE -> true;
        };
    }

    private void forget(Login login, Instant before) {
        List<Instant> times = refused.get(login);
        if (times != null) {
            times.removeIf(time -> !time.isAfter(before));
        }
    }

    /** Why a path is not to be run now: the machine that would refuse the login; null where it may be run. */
    public synchronized @Nullable String heldBackBy(Path path, Instant now) {
        Instant oldest = now.minus(WINDOW);
        if (count(ofMta(path), oldest) >= MOST) {
            return path.mta();
        }
        return count(ofAccount(path), oldest) >= MOST ? path.proxy() : null;
    }

    /** Whether a path's last login was refused more than once, so that it is not to be tried out of turn. */
    public synchronized boolean isSettled(Path path) {
        return count(ofMta(path), Instant.MIN) >= MOST || count(ofAccount(path), Instant.MIN) >= MOST;
    }

    /** Whether a machine refused a login of ours since a time, by whichever account. */
    public synchronized boolean hasRefused(String machine, Instant since) {
        return refused.keySet().stream().anyMatch(login -> login.machine().equals(machine) && count(login, since) > 0);
    }

    private boolean isAccountRefused(String store, Instant since) {
        return refused.keySet().stream().anyMatch(login -> login.account().equals(store) && count(login, since) > 0);
    }

    private long count(Login login, Instant since) {
        return refused.getOrDefault(login, List.of()).stream()
                .filter(time -> !time.isBefore(since))
                .count();
    }

    private static Login ofMta(Path path) {
        return new Login(path.mta(), "");
    }

    private static Login ofAccount(Path path) {
        return new Login(path.proxy(), path.store());
    }
}
