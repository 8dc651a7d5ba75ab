package org.mailsonar.intake.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.message.EmailAddress;

/** The mail transaction that a client has open, followed by what it says and the codes that it is given. */
final class DialogueTransaction {

    private static final Map<String, List<Integer>> CODES = Map.ofEntries(
            Map.entry("MAIL", List.of(250, 501, 503, 552, 553, 555)),
            Map.entry("RCPT", List.of(250, 452, 501, 503, 550, 553, 555)),
            Map.entry("DATA", List.of(354, 501, 503)),
            Map.entry("RSET", List.of(250, 500, 501)),
            Map.entry("NOOP", List.of(250)),
            Map.entry("QUIT", List.of(221)),
            Map.entry("HELP", List.of(214)),
            Map.entry("VRFY", List.of(252)),
            Map.entry("EXPN", List.of(502)));
    private static final List<Integer> HELLO_CODES = List.of(250, 501);
    private static final List<String> SMTP_HELLOS = List.of("HELO", "EHLO");
    private static final List<String> LMTP_HELLOS = List.of("LHLO");
    private static final List<Integer> NOT_KNOWN = List.of(500, 502);
    private static final Pattern COMMAND = Pattern.compile("([A-Za-z]{4})( [^ ].*)?");
    private static final Pattern PATH = Pattern.compile("(?i)(FROM|TO): *<([^<>]*)>(?: .*)?");
    private static final int MOST_RECIPIENTS = 100;

    private final Predicate<EmailAddress> accepted;
    private final List<EmailAddress> recipients = new ArrayList<>();
    private String sender = "";
    private final boolean lmtp;
    private int acceptedCommands;
    private boolean greeted;
    private boolean open;
    private boolean internationalized;

    DialogueTransaction(Predicate<EmailAddress> accepted, boolean lmtp) {
        this.lmtp = lmtp;
        this.accepted = accepted;
    }

    /** A command line without its end got this reply. */
    void command(String line, int code) {
        String stripped = line.strip();
        String verb = stripped.length() < 4 ? "" : stripped.substring(0, 4).toUpperCase(Locale.ROOT);
        if (COMMAND.matcher(line).matches()) {
            boolean hello = (lmtp ? LMTP_HELLOS : SMTP_HELLOS).contains(verb);
            Claim.that(
                    (hello ? HELLO_CODES : CODES.getOrDefault(verb, NOT_KNOWN)).contains(code),
                    "a code that " + verb + " may get",
                    code);
        }
        String argument = stripped.length() < 5 ? "" : stripped.substring(4).strip();
        if (code == 250) {
            succeeded(verb, argument);
        } else if (code == 354) {
            Claim.that(open && !recipients.isEmpty(), "content only for somebody", line);
            Claim.that(verb.equals("DATA") && argument.isEmpty(), "content only after DATA", line);
        } else {
            checkRefusal(line, verb, argument);
        }
    }

    private void succeeded(String verb, String argument) {
        switch (verb) {
            case "HELO", "EHLO", "LHLO" -> {
                Claim.same(lmtp, verb.equals("LHLO"), "each protocol has its own hello");
                reset();
                greeted = true;
            }
            case "RSET" -> reset();
            case "MAIL" -> {
                Claim.that(greeted && !open, "MAIL only once after EHLO", argument);
                open = true;
                sender = path("FROM", argument);
                internationalized = argument.toUpperCase(Locale.ROOT).contains("SMTPUTF8");
            }
            case "RCPT" -> {
                Claim.that(open, "RCPT only after MAIL", argument);
                EmailAddress address = EmailAddress.parse(path("TO", argument));
                Claim.that(accepted.test(address), "only who is accepted", address);
                Claim.that(address.local().chars().noneMatch(c -> c == '%' || c == '!'), "no way through", address);
                Claim.that(address.toString().chars().allMatch(c -> c < 127) || internationalized, "ASCII", address);
                acceptedCommands++;
                if (!recipients.contains(address)) {
                    recipients.add(address);
                }
                Claim.that(acceptedCommands <= MOST_RECIPIENTS, "recipients are bounded");
            }
            case "NOOP" -> {}
            default -> Claim.that(false, "nothing else succeeds", verb + " " + argument);
        }
    }

    /** What is right is not refused. */
    private void checkRefusal(String line, String verb, String argument) {
        if (verb.equals("DATA") && line.equals(line.strip()) && argument.isEmpty() && line.length() == 4) {
            Claim.that(recipients.isEmpty(), "DATA is granted where there is a recipient", line);
        }
        if (argument.equalsIgnoreCase("TO:<a@b>") && line.equalsIgnoreCase("RCPT TO:<a@b>")) {
            Claim.that(!open || acceptedCommands >= MOST_RECIPIENTS, "a good recipient is granted", line);
        }
        if (line.equalsIgnoreCase("MAIL FROM:<>")) {
            Claim.that(!greeted || open, "the empty sender is granted", line);
        }
    }

    private static String path(String keyword, String argument) {
        Matcher path = PATH.matcher(argument);
        Claim.that(path.matches() && path.group(1).equalsIgnoreCase(keyword), "a path is where one is taken", argument);
        return path.group(2);
    }

    /** Forgets the transaction, not the greeting. */
    void reset() {
        open = false;
        sender = "";
        recipients.clear();
        acceptedCommands = 0;
    }

    /** How many RCPT were accepted. */
    int acceptedCommands() {
        return acceptedCommands;
    }

    List<EmailAddress> recipients() {
        return List.copyOf(recipients);
    }

    String sender() {
        return sender;
    }
}
