package org.mailsonar.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.check.protocol.CheckUrl;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.check.protocol.Login;
import org.mailsonar.check.protocol.ProtocolChecks;
import org.mailsonar.check.protocol.TlsSettings;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.intake.mailbox.MailboxSecurity;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.SmtpSettings;
import org.mailsonar.relay.TransportSecurity;
import org.mailsonar.time.TimeSource;

/**
 * Looks at machines of a site by themselves, to find a fault: connection, protocol, login, directory, queue. All at once, since the limit of
 * each is short; only the logins to one account come one after the other. Thread-safe.
 */
public final class DirectedChecks {

    private final Site site;
    private final Function<String, Optional<CheckResult>> queues;
    private final Accounts accounts;
    private final TimeSource time;

    /**
     * Of a site.
     *
     * @param queues the newest that is known of an MTA's queue, by its name; nothing where nobody looks at it
     * @param accounts those that others of this process log in to as well
     */
    public DirectedChecks(
            Site site, Function<String, Optional<CheckResult>> queues, Accounts accounts, TimeSource time) {
        this.site = site;
        this.queues = queues;
        this.accounts = accounts;
        this.time = time;
    }

    /**
     * Looks at all of these; what cannot be looked at is left out.
     *
     * @throws InterruptedException when the caller gave up on it
     */
    public List<DirectedResult> run(List<Aim> aims) throws InterruptedException {
        @Nullable DirectedResult[] found = new DirectedResult[aims.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < aims.size(); i++) {
            int place = i;
            Aim aim = aims.get(i);
            threads.add(Thread.ofVirtual().name("check of " + aim.machine()).start(() -> found[place] = result(aim)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
        List<DirectedResult> results = new ArrayList<>();
        for (DirectedResult result : found) {
            if (result != null) {
                results.add(result);
            }
        }
        return List.copyOf(results);
    }

    private @Nullable DirectedResult result(Aim aim) {
        try {
            CheckResult result = switch (aim.scope()) {
                case QUEUE -> queues.apply(aim.machine()).orElse(null);
                case RETRIEVE, STORE -> alone(aim);
                case CONNECT, SUBMIT, DIRECTORY -> check(aim).run();
            };
            return result == null ? null : new DirectedResult(aim.scope(), aim.machine(), aim.store(), result);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IllegalArgumentException notPossible) {
            return null; // there is no such check; the others tell enough, or nobody can
        }
    }

    private CheckResult alone(Aim aim) throws InterruptedException {
        ReentrantLock account = accounts.lock(account(aim));
        account.lockInterruptibly();
        try {
            return check(aim).run();
        } finally {
            account.unlock();
        }
    }

    private Check check(Aim aim) {
        return switch (aim.scope()) {
            case CONNECT -> ProtocolChecks.of(plain(place(aim.machine())), time);
            case SUBMIT -> ProtocolChecks.of(submission(site.mta(aim.machine()).relay(), account(aim)), time);
            case RETRIEVE, STORE -> ProtocolChecks.of(retrieval(site.access(aim.machine()), account(aim)), time);
            case DIRECTORY -> directory(aim.machine());
            case QUEUE -> throw new IllegalArgumentException("a queue is not looked at from here");
        };
    }

    private Store account(Aim aim) {
        return site.store(String.valueOf(aim.store()));
    }

    private CheckUrl place(String machine) {
        for (Mta mta : site.mtas()) {
            if (mta.name().equals(machine)) {
                return new CheckUrl("tcp", mta.relay().host(), mta.relay().port(), "", Map.of());
            }
        }
        MailboxSettings mailbox = site.access(machine).mailbox(site.stores().getFirst());
        return new CheckUrl("tcp", mailbox.host(), mailbox.port(), "", Map.of());
    }

    private CheckSettings plain(CheckUrl url) {
        return new CheckSettings(url, null, TlsSettings.of(Security.NONE), limits());
    }

    private CheckSettings submission(SmtpSettings relay, Store store) {
        EmailAddress from = site.from();
        CheckUrl url = new CheckUrl(
                relay.security() == TransportSecurity.IMPLICIT ? "smtps" : "smtp",
                relay.host(),
                relay.port(),
                "",
                Map.of("from", from.toString(), "to", store.account().toString()));
        Security security = switch (relay.security()) {
            case NONE -> Security.NONE;
            case STARTTLS_IF_OFFERED -> Security.IF_OFFERED;
            case STARTTLS_REQUIRED -> Security.REQUIRED;
            case IMPLICIT -> Security.IMPLICIT;
        };
        Login login = relay.login() == null
                ? null
                : new Login(relay.login().user(), relay.login().password());
        return new CheckSettings(url, login, tls(security, relay.caFile()), limits());
    }

    private CheckSettings retrieval(Access access, Store store) {
        MailboxSettings mailbox = access.mailbox(store);
        CheckUrl url = new CheckUrl(
                access.protocol(),
                mailbox.host(),
                mailbox.port(),
                "",
                Map.of("user", store.login().user()));
        Security security = mailbox.security() == MailboxSecurity.IMPLICIT
                ? Security.IMPLICIT
                : mailbox.security() == MailboxSecurity.NONE ? Security.NONE : Security.REQUIRED;
        Login login = new Login(store.login().user(), store.login().password());
        return new CheckSettings(url, login, tls(security, access.caFile()), limits());
    }

    private Check directory(String machine) {
        return site.directories().stream()
                .filter(directory -> directory.name().equals(machine))
                .map(Directory::check)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no directory server " + machine));
    }

    private static TlsSettings tls(Security security, java.nio.file.@Nullable Path caFile) {
        TlsSettings usual = TlsSettings.of(security);
        return new TlsSettings(security, caFile, null, usual.warnDays(), usual.failDays());
    }

    /** A machine that needs half of its time for all of a dialogue is slow. */
    private Limits limits() {
        Duration answer = site.timings().answer();
        return new Limits(answer, answer.dividedBy(2));
    }
}
