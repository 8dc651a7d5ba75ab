package org.mailsonar.probe;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.FuzzInput;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.MailMessage;
import org.mailsonar.time.UtcText;

/** Part of {@link TokenFuzz}: addresses, instants and marks that can be read are written again as they were. */
final class TextFormsFuzz {

    private TextFormsFuzz() {}

    static void check(FuzzInput input) {
        switch (input.choose(3)) {
            case 0 -> address(input.text());
            case 1 -> instant(input.latin());
            default -> mark(input.latin());
        }
    }

    private static void address(String text) {
        EmailAddress address;
        try {
            address = EmailAddress.parse(text);
        } catch (IllegalArgumentException refused) {
            Claim.oneLine(String.valueOf(refused.getMessage()), 300, "a refusal is one line");
            return;
        }
        String written = address.toString();
        Claim.that(text.equals(written) || text.equals("<" + written + ">"), "an address is kept as written", text);
        Claim.same(address, EmailAddress.parse("<" + written + ">"), "an address is read again");
        Claim.same(address.hashCode(), EmailAddress.parse(written).hashCode(), "equal addresses have equal hash codes");
        Claim.that(written.chars().noneMatch(c -> c <= ' ' || "<>\"(),;\\".indexOf(c) >= 0), "fit for SMTP", written);
        Claim.that(written.getBytes(StandardCharsets.UTF_8).length <= 64 + 1 + 255, "not too long for SMTP", written);
        Claim.that(!written.startsWith("-"), "no option of a program", written);
        EmailAddress bare = address.withoutExtension();
        Claim.same(bare, EmailAddress.parse(bare.toString()), "an address without its extension is one");
        Claim.same(bare, bare.withoutExtension(), "no extension is left");
    }

    private static void instant(String text) {
        Instant instant;
        try {
            instant = UtcText.parse(text);
        } catch (DateTimeException refused) {
            return;
        }
        String micros = UtcText.micros(instant);
        Claim.same(instant.truncatedTo(ChronoUnit.MICROS), UtcText.parse(micros), "an instant is read again");
        Claim.same(micros.substring(0, 20), text.substring(0, 20), "an instant is written as it was");
        Claim.oneLine(UtcText.mailDate(instant), 31, "a mail date is short");
    }

    private static void mark(String value) {
        MailMessage message = MailMessage.of((ReturnMark.HEADER + ": " + value).getBytes(StandardCharsets.ISO_8859_1));
        Optional<ReturnMark> read = ReturnMark.read(message);
        Claim.that(ReturnMark.isOn(message), "the mark is seen whatever it says");
        if (read.isPresent()) {
            ReturnMark mark = read.get();
            String written = ReturnMark.HEADER + ": " + mark.value() + "\r\n";
            Claim.oneLine(mark.value(), 700, "a mark is one line");
            Claim.same(
                    read,
                    ReturnMark.read(MailMessage.of(written.getBytes(StandardCharsets.ISO_8859_1))),
                    "a mark is read again");
        }
    }
}
