package org.mailsonar.verdict.fault.heldout;

import static org.mailsonar.verdict.fault.heldout.Breakage.Kind.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.Aim;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;

/**
 * Plays Postfix, Dovecot (as proxy and as store) and slapd, one thing broken, and says what a path run and a directed check see of it. What
 * each does when another does not answer: Postfix says 451 to a recipient that it cannot look up, and keeps what it cannot deliver; a
 * Dovecot proxy takes the connection and answers the login with NO [UNAVAILABLE], or for 30 s not at all.
 */
final class PlayedServers {

    private static final double FOREVER = 1e6;
    private static final double USUAL = 0.05;
    private static final String WRONG_PASSWORD = "[AUTHENTICATIONFAILED] Authentication failed.";
    private static final String UNKNOWN_USER =
            "550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table";

    private final Site site;
    private final Breakage broken;
    private final Random random;
    private final Results results;
    private final double delay;
    private final double lookUpDelay;
    private final int lookUps;
    private final boolean isQueueWatched;
    private final boolean doQueuesGrow;
    private final boolean isUnreachableTold;
    private final Kind proxyComplaint;
    private final String fullMailbox;
    private final double answer;

    PlayedServers(Site site, Breakage broken, Random random) {
        this.site = site;
        this.broken = broken;
        this.random = random;
        this.results = new Results(site);
        this.delay = 5.5 + 7 * random.nextDouble();
        this.lookUpDelay = 6 + 3.5 * random.nextDouble();
        this.lookUps = 1 + random.nextInt(2);
        this.isQueueWatched = random.nextInt(3) > 0;
        this.doQueuesGrow = random.nextBoolean();
        this.isUnreachableTold = random.nextInt(3) == 0;
        this.proxyComplaint = List.of(Kind.DEFERRED, Kind.DEFERRED, Kind.REJECTED, Kind.CLOSED)
                .get(random.nextInt(4));
        this.fullMailbox = random.nextBoolean() ? "452 4.2.2 Mailbox is full" : "452 4.3.1 Out of memory";
        this.answer = site.timings().answer().toMillis() / 1000.0;
    }

    /** One mail sent and fetched. */
    PathRun run(Path path, Instant when) {
        Dialogue submission = new Dialogue(answer, FOREVER);
        submission(submission, path.mta(), path.store(), true);
        submission.failIf(broken.is(path.store(), STORE_FULL_AT_DATA), Stage.COMMAND, Kind.DEFERRED, fullMailbox);
        submission.answer(Stage.COMMAND, pace(path.mta()) + lookUp(path.mta()) * 2, (double)
                site.timings().timeout().toSeconds());
        if (submission.trouble() != null) {
            return results.failed(path, when, Leg.SUBMIT, submission, null);
        }
        Duration submit = Results.time(submission.seconds());
        Dialogue fetching = new Dialogue(answer, FOREVER);
        retrieval(fetching, path.proxy(), path.store());
        if (fetching.trouble() != null) {
            return results.failed(path, when, Leg.RETRIEVE, fetching, submit);
        }
        double delivered = delivery(path.mta(), path.store());
        double total = submission.seconds() + Math.max(delivered, 0) + fetching.seconds();
        if (total > site.timings().timeout().toSeconds()) {
            Dialogue wait = new Dialogue(0, FOREVER).answer(Stage.RESULT, FOREVER);
            return results.failed(path, when, Leg.ARRIVAL, wait, submit);
        }
        return results.arrived(path, when, submission.seconds(), delivered, fetching.seconds());
    }

    /** One machine by itself; null where it cannot be looked at. */
    @Nullable
    DirectedResult look(Aim aim, Instant when) {
        String machine = aim.machine();
        String store = String.valueOf(aim.store());
        Dialogue said = new Dialogue(answer, answer);
        switch (aim.scope()) {
            case CONNECT -> connect(said, machine);
            case SUBMIT -> submission(said, machine, store, true);
            case RETRIEVE, STORE -> retrieval(said, machine, store);
            case DIRECTORY -> search(said, machine);
            case QUEUE -> {
                return isQueueWatched ? queue(aim, when) : null;
            }
        }
        Trouble trouble = said.trouble();
        State state = State.FAILING;
        if (trouble == null) {
            boolean isSlow = said.seconds() > answer / 2;
            trouble = isSlow ? new Trouble(Stage.RESULT, Kind.SLOW) : null;
            state = isSlow ? State.WARNING : State.GOOD;
        } else if (trouble.stage() == Stage.COMMAND && trouble.kind() == Kind.DEFERRED) {
            state = State.WARNING;
        }
        return new DirectedResult(
                aim.scope(),
                machine,
                aim.store(),
                Results.result(machine, state, said.words(), trouble, when, said.seconds()));
    }

    private void connect(Dialogue said, String machine) {
        said.failIf(broken.is(machine, DOWN), Stage.CONNECT, Kind.REFUSED, "connection refused");
        if (broken.is(machine, UNREACHABLE) || broken.kind() == MONITOR_OFFLINE) {
            said.failIf(isUnreachableTold, Stage.CONNECT, Kind.UNREACHABLE, "no route to host")
                    .answer(Stage.CONNECT, FOREVER);
        }
        said.answer(Stage.CONNECT, 0.01);
    }

    private void greeting(Dialogue said, String machine) {
        connect(said, machine);
        said.failIf(broken.is(machine, DOWN_BEHIND_A_BALANCER), Stage.GREETING, Kind.CLOSED, "closed the connection");
        said.answer(Stage.GREETING, broken.is(machine, HUNG) ? FOREVER : pace(machine));
        said.failIf(broken.is(machine, CERTIFICATE), Stage.TLS, Kind.CERTIFICATE, "the certificate has expired");
    }

    private void submission(Dialogue said, String mta, String store, boolean isCustomer) {
        greeting(said, mta);
        said.answer(Stage.COMMAND, pace(mta)).answer(Stage.TLS, USUAL);
        if (isCustomer && site.mta(mta).relay().login() != null) {
            said.failIf(
                    broken.is(mta, REFUSES_LOGINS),
                    Stage.LOGIN,
                    Kind.REJECTED,
                    "535 5.7.8 Error: authentication failed");
            ask(said, mta, "", Stage.LOGIN, 1);
        }
        said.failIf(
                broken.is(mta, MTA_DISK_FULL), Stage.COMMAND, Kind.DEFERRED, "452 4.3.1 Insufficient system storage");
        said.answer(Stage.COMMAND, pace(mta));
        ask(said, mta, store, Stage.COMMAND, lookUps);
        boolean isOther = !broken.other().equals(store);
        said.failIf(broken.is(mta, REJECTS_RECIPIENT) && !isOther, Stage.COMMAND, Kind.REJECTED, UNKNOWN_USER);
        said.failIf(
                broken.is(mta, DEFERS_RECIPIENT) && !isOther,
                Stage.COMMAND,
                Kind.DEFERRED,
                "450 4.2.0 Recipient address rejected: Greylisted");
        said.answer(Stage.COMMAND, pace(mta));
    }

    private void retrieval(Dialogue said, String place, String store) {
        greeting(said, place);
        boolean isProxied = !place.equals(store);
        said.failIf(broken.is(place, REFUSES_LOGINS), Stage.LOGIN, Kind.REJECTED, WRONG_PASSWORD);
        boolean isRefused = broken.is(place, REFUSES_ACCOUNT) && broken.other().equals(store);
        said.failIf(isRefused, Stage.LOGIN, Kind.REJECTED, WRONG_PASSWORD);
        ask(said, place, store, Stage.LOGIN, 1);
        if (isProxied) {
            behind(said, place, store);
        }
        // what a proxy waits for behind it is one answer to the one who asks
        double login = pace(place) + (isProxied ? 2 * pace(store) : 0);
        said.answer(Stage.LOGIN, login).answer(Stage.COMMAND, Math.max(pace(place), pace(store)));
    }

    private void behind(Dialogue said, String proxy, String store) {
        boolean isRefused = broken.is(store, DOWN, DOWN_BEHIND_A_BALANCER)
                || (broken.cuts(proxy, store) && broken.kind() == LINK_REFUSES);
        boolean isSilent = broken.is(store, HUNG, UNREACHABLE) || (broken.cuts(proxy, store) && !isRefused);
        said.failIf(isRefused, Stage.LOGIN, proxyComplaint, "NO Account is temporarily unavailable.");
        said.answer(Stage.LOGIN, isSilent ? FOREVER : USUAL);
        said.failIf(broken.is(store, REFUSES_LOGINS), Stage.LOGIN, Kind.REJECTED, WRONG_PASSWORD);
        ask(said, store, store, Stage.LOGIN, 1);
    }

    /** The machine asks its directories, in turn as Postfix and Dovecot do: the next where one does not listen. */
    private void ask(Dialogue said, String machine, String account, Stage stage, int times) {
        boolean isLogin = stage == Stage.LOGIN;
        List<String> asked = asked(machine);
        for (int i = 0; i < asked.size(); i++) {
            String directory = asked.get(i);
            boolean isLast = i == asked.size() - 1;
            boolean isRefused = broken.is(directory, DOWN, DOWN_BEHIND_A_BALANCER)
                    || (broken.cuts(machine, directory) && broken.kind() == LINK_REFUSES);
            if (isRefused && !isLast) {
                continue;
            }
            said.failIf(
                    isRefused,
                    stage,
                    Kind.DEFERRED,
                    isLogin
                            ? "NO [UNAVAILABLE] Temporary authentication failure."
                            : "451 4.3.0 Temporary lookup failure");
            boolean isSilent = broken.is(directory, HUNG, UNREACHABLE) || broken.cuts(machine, directory);
            said.answer(stage, isSilent ? FOREVER : broken.is(directory, SLOW) ? times * lookUpDelay : USUAL);
            boolean isWrong = broken.is(directory, WRONG_ANSWERS)
                    || (broken.is(directory, WRONG_FOR_ACCOUNT)
                            && broken.other().equals(account));
            said.failIf(isWrong, stage, Kind.REJECTED, isLogin ? WRONG_PASSWORD : UNKNOWN_USER);
            return;
        }
    }

    private double lookUp(String machine) {
        return asked(machine).stream()
                        .findFirst()
                        .filter(first -> broken.is(first, SLOW))
                        .isPresent()
                ? lookUpDelay
                : 0;
    }

    private void search(Dialogue said, String directory) {
        connect(said, directory);
        said.failIf(broken.is(directory, DOWN_BEHIND_A_BALANCER), Stage.CONNECT, Kind.CLOSED, "closed the connection");
        said.answer(Stage.LOGIN, broken.is(directory, HUNG) ? FOREVER : USUAL);
        said.answer(Stage.COMMAND, broken.is(directory, SLOW) ? lookUpDelay : USUAL);
        said.failIf(broken.is(directory, WRONG_ANSWERS), Stage.RESULT, Kind.UNEXPECTED, "0 entries");
    }

    /** Seconds from the MTA to the store; longer than anybody waits where it is kept, or sent back. */
    private double delivery(String mta, String store) {
        double queue = broken.is(mta, FULL_QUEUE) ? FOREVER : broken.is(mta, SLOW_QUEUE) ? 5 * delay : pace(mta);
        List<String> next = new ArrayList<>(site.mta(mta).relaysTo());
        if (next.isEmpty()) {
            return queue + handOver(mta, store);
        }
        Collections.shuffle(next, random);
        for (String hop : next) {
            boolean isSkipped = broken.is(hop, DOWN, DOWN_BEHIND_A_BALANCER)
                    || (broken.cuts(mta, hop) && broken.kind() == LINK_REFUSES);
            boolean isWaitedFor = broken.is(hop, UNREACHABLE) || broken.cuts(mta, hop);
            queue += isSkipped ? USUAL : isWaitedFor ? 30 : 0;
            if (!isSkipped && !isWaitedFor) {
                Dialogue said = new Dialogue(300, FOREVER);
                submission(said, hop, store, false);
                boolean isOver = said.trouble() == null || said.trouble().kind() == Kind.CERTIFICATE;
                if (isOver) {
                    return queue + said.seconds() + delivery(hop, store);
                }
                if (said.trouble().kind() != Kind.DEFERRED) {
                    return FOREVER;
                }
            }
        }
        return FOREVER;
    }

    private double handOver(String mta, String store) {
        boolean isStuck = broken.is(store, DOWN, DOWN_BEHIND_A_BALANCER, UNREACHABLE, HUNG, STORE_DISK_FULL)
                || broken.cuts(mta, store);
        Dialogue said = new Dialogue(300, FOREVER);
        ask(said, store, store, Stage.COMMAND, 1);
        return isStuck || said.trouble() != null ? FOREVER : said.seconds() + 4 * pace(store);
    }

    private DirectedResult queue(Aim aim, Instant when) {
        boolean isSentBack = broken.kind() == WRONG_ANSWERS || broken.kind() == WRONG_FOR_ACCOUNT;
        boolean isFull = broken.is(aim.machine(), FULL_QUEUE, SLOW_QUEUE)
                || (doQueuesGrow
                        && !isSentBack
                        && site.mta(aim.machine()).stores().stream()
                                .anyMatch(store -> delivery(aim.machine(), store) > FOREVER / 2));
        State state = isFull ? doQueuesGrow ? State.FAILING : State.WARNING : State.GOOD;
        return new DirectedResult(
                aim.scope(), aim.machine(), null, Results.result(aim.machine(), state, "", null, when, 0.1));
    }

    private List<String> asked(String machine) {
        List<String> asked = new ArrayList<>();
        site.mtas().stream().filter(m -> m.name().equals(machine)).forEach(m -> asked.addAll(m.directories()));
        site.proxies().stream().filter(m -> m.name().equals(machine)).forEach(m -> asked.addAll(m.directories()));
        site.stores().stream().filter(m -> m.name().equals(machine)).forEach(m -> asked.addAll(m.directories()));
        return asked;
    }

    /** Seconds that a machine takes for an answer. */
    private double pace(String machine) {
        return broken.is(machine, SLOW) ? delay : USUAL;
    }
}
