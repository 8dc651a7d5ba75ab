package org.mailsonar.roundtrip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.TestClock;

/** A monitor with a real ledger, whose clocks a test moves and whose submission host a test plays. */
final class RoundTripLab implements AutoCloseable {

    static final Target TARGET = new Target(
            "company", TestProbes.TARGET, Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofMinutes(10), 0);

    final TestClock clock = new TestClock(TestProbes.SENT);
    final List<OutgoingMail> sent = new ArrayList<>();
    final List<ProbeRecord> ended = new ArrayList<>();
    final MonitorSettings settings =
            new MonitorSettings("sydney", TestProbes.MONITOR, TestProbes.RETURN, MonitorSettings.DEFAULT_VALIDITY);
    final Store store;
    final Ledger ledger;
    final Sight sight;
    List<Target> targets = List.of(TARGET);

    @Nullable
    String inboxTrouble;

    Flights flights = new Flights(clock);
    Function<OutgoingMail, Transmission> host = mail -> new Transmission.Accepted("250 2.0.0 queued as 4711");

    RoundTripLab(Path directory) {
        store = Stores.openStore(url(directory), null);
        ledger = store.ledger();
        sight = new Sight(settings, store.attendance(), clock, () -> Optional.ofNullable(inboxTrouble));
    }

    static String url(Path directory) {
        return "jdbc:sqlite:" + directory.resolve("mailsonar.db");
    }

    ProbeDispatcher dispatcher() {
        return dispatcher(ledger);
    }

    ProbeDispatcher dispatcher(Ledger other) {
        Relay relay = new Relay() {
            @Override
            public Transmission send(OutgoingMail mail) {
                sent.add(mail);
                return host.apply(mail);
            }

            @Override
            public String describe() {
                return "played";
            }

            @Override
            public void close() {}
        };
        return new ProbeDispatcher(
                settings,
                TestProbes.signer("monitor"),
                new SubmissionHosts(relay),
                other,
                flights,
                sight,
                clock,
                ended::add);
    }

    ReturnDesk desk() {
        return desk(ledger);
    }

    ReturnDesk desk(Ledger other) {
        TokenVerifier verifier =
                new TokenVerifier(List.of(TestKeys.trusted("monitor")), address -> true, TokenVerifier.DEFAULT_SKEW);
        return new ReturnDesk(settings, new Targets(targets), verifier, other, flights, sight, ended::add);
    }

    /** The process ends and another one begins on the same ledger. */
    void restart() {
        flights = new Flights(clock);
    }

    ProbeId send() {
        return dispatcher().send(TARGET);
    }

    ProbeRecord probe(ProbeId id) {
        return ledger.find(id).orElseThrow();
    }

    Outcome outcome(ProbeId id) {
        return probe(id).outcome();
    }

    /** What a reflector makes of the probe that was sent last, its own clock showing this. */
    String returnOfLast(ProbeId id, Instant stamp) {
        ReturnMark mark = new ReturnMark(id, stamp, "mx1.company.test", "0.1");
        return ReturnMark.HEADER + ": " + mark.value() + "\r\n" + lastSent();
    }

    String returnOfLast(ProbeId id) {
        return returnOfLast(id, clock.now().wall());
    }

    /** The probe that was sent last, as it is. */
    String lastSent() {
        return new String(sent.getLast().content(), ISO_8859_1);
    }

    Disposition receive(String message) {
        return desk().handle(mail(message));
    }

    /** Mail to the return address, arriving now. */
    ReceivedMail mail(String message) {
        return mail(message, null, TestProbes.RETURN);
    }

    ReceivedMail mail(String message, @Nullable EmailAddress sender, EmailAddress recipient) {
        return new ReceivedMail(
                Envelope.to(sender, recipient),
                MailMessage.of(message.getBytes(ISO_8859_1)),
                false,
                clock.now(),
                Duration.ofMillis(1),
                "test");
    }

    @Override
    public void close() {
        store.close();
    }
}
