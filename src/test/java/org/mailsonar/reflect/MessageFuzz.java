package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.FuzzInput;
import org.mailsonar.fuzz.PlantedProbe;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MessageProperties;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.relay.Transmission;
import org.mailsonar.roundtrip.BounceProperties;
import org.mailsonar.roundtrip.evidence.EvidenceProperties;
import org.mailsonar.time.Moment;

/** Fuzz target: reading any message, and what the reflector makes of one in which a valid token stands somewhere. */
public final class MessageFuzz {

    private static final List<EmailAddress> ENVELOPES =
            List.of(Site.BOUNCES, TestProbes.TARGET, TestProbes.RETURN, EmailAddress.parse("stranger@elsewhere.test"));

    private static final String FORBIDDEN = "Mailsonar-Probe: "
            + TestProbes.sign(TestProbes.statement(TestProbes.TARGET, EmailAddress.parse("return@elsewhere.test")))
            + "\r\n";

    private MessageFuzz() {}

    /** One input: a letter chooses the property, the rest is what it is tried with. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(4)) {
            case 0 -> reflect(input);
            case 1 -> MessageProperties.checkMessage(input.rest());
            case 2 -> MessageProperties.checkQuotedPrintable(input.rest());
            default -> returned(input.rest());
        }
    }

    private static void returned(byte[] raw) {
        BounceProperties.check(raw);
        EvidenceProperties.check(raw);
    }

    private static void reflect(FuzzInput input) {
        EmailAddress recipient = ENVELOPES.get((input.choose(ENVELOPES.size()) + 1) % ENVELOPES.size());
        EmailAddress sender = ENVELOPES.get(input.choose(ENVELOPES.size()));
        int relayAnswer = input.choose(3);
        boolean truncated = input.choose(2) == 1;
        String described = input.latin();
        ReceivedMail mail = new ReceivedMail(
                Envelope.to(sender, recipient),
                MailMessage.of(message(described).getBytes(ISO_8859_1)),
                truncated,
                new Moment(TestProbes.ARRIVAL, 0),
                Duration.ZERO,
                "fuzz");
        RecordingRelay relay = new RecordingRelay();
        relay.answer(
                switch (relayAnswer) {
                    case 0 -> new Transmission.Accepted("250 ok");
                    case 1 -> new Transmission.Refused("550 no");
                    default -> new Transmission.Deferred("451 later");
                });
        Reflection reflection = new Reflector(Site.settings(), relay).reflect(mail);
        checkWhatItSays(reflection, described, sender);
        checkWhatWasSent(reflection, mail, relay);
    }

    /** With probes in it; {@code {f}} is a field with a token that names a return address that its key may not use. */
    private static String message(String described) {
        return PlantedProbe.in(described).replace("{f}", FORBIDDEN);
    }

    private static void checkWhatItSays(Reflection reflection, String described, EmailAddress sender) {
        Claim.oneLine(reflection.disposition().text(), 1000, "what became of a message is told on one line");
        boolean proven = !(reflection instanceof Reflection.Unproven || reflection instanceof Reflection.Loop);
        Claim.that(
                !proven || PlantedProbe.isIn(described) || described.contains("{f}"),
                "without a token nothing is proven",
                reflection);
        if (reflection instanceof Reflection.Undeliverable undeliverable && undeliverable.bounceReachesMonitor()) {
            Claim.that(sender.sameDomain(TestProbes.RETURN), "a bounce reaches the monitor alone", sender);
        }
    }

    private static void checkWhatWasSent(Reflection reflection, ReceivedMail mail, RecordingRelay relay) {
        boolean returned = reflection instanceof Reflection.Returned;
        Claim.that(!returned || relay.sent().size() == 1, "a return is sent once");
        boolean mayHaveSent = returned
                || reflection instanceof Reflection.Postponed
                || (reflection instanceof Reflection.Undeliverable && !mail.truncated());
        Claim.that(mayHaveSent || relay.sent().isEmpty(), "nothing is sent where nothing is proven", reflection);
        relay.sent().forEach(sent -> ReturnProperties.check(sent, mail));
    }
}
