package org.mailsonar.roundtrip;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TokenVerifier;

/**
 * What a mail system reports of a message that it took (RFC 3464; qmail's own form, QSBMF, and texts of any other form as far as they
 * go): whether it failed or is late only, to whom, why, and which host said so. All texts are printable ASCII, and empty where the report does not
 * tell. Reading never fails.
 *
 * @param action what became of the message
 * @param recipient whom it was for, at the end of its way
 * @param status the code of RFC 3463: 5.x.x for good, 4.x.x for now
 * @param host who said so: the next host that refused it, or else the one that reports
 * @param diagnostic what that host said; the report's subject where it is not told
 */
record BounceReport(Action action, String recipient, String status, String host, String diagnostic) {

    /** What became of the message (RFC 3464 §2.3.3). */
    enum Action {
        /** It is given up. */
        FAILED,
        /** It is late and still tried. */
        DELAYED,
        /** It arrived. */
        DELIVERED,
        /** It was handed to a system that does not report. */
        RELAYED,
        /** It was handed on to several addresses. */
        EXPANDED,
        /** No report tells; systems that write no such report do so when they give up. */
        UNTOLD,
        /** No report at all: an out-of-office notice or the like (RFC 3834). */
        REPLIED
    }

    private static final int LONGEST_CAUSE = 500;

    /** A type such as {@code smtp} or {@code dns} (RFC 3464 §2.1.2), which stands before a semicolon. */
    private static final Pattern TYPE = Pattern.compile("^ *[A-Za-z0-9-]{1,40} *; *");

    private static final Pattern STATUS = Pattern.compile("\\b[245]\\.\\d{1,3}\\.\\d{1,3}\\b");

    BounceReport {
        recipient = printable(recipient);
        status = printable(status);
        host = printable(host);
        diagnostic = printable(diagnostic);
    }

    /** Reads a report. */
    static BounceReport read(MailMessage message) {
        String subject = message.first("Subject").map(Header::value).orElse("no cause given");
        Optional<DeliveryStatus> status = DeliveryStatus.in(message);
        if (status.isPresent()) {
            return of(status.get(), subject);
        }
        Optional<QmailBounce> qmail = QmailBounce.in(message);
        if (qmail.isPresent()) {
            QmailBounce told = qmail.get();
            return new BounceReport(Action.FAILED, told.recipient(), told.status(), told.host(), told.text());
        }
        boolean replied =
                message.first("Auto-Submitted").map(Header::token).orElse("").startsWith("auto-replied")
                        && BouncedProbe.quoted(message).isEmpty();
        return new BounceReport(replied ? Action.REPLIED : Action.UNTOLD, "", "", "", subject);
    }

    private static BounceReport of(DeliveryStatus status, String subject) {
        String diagnostic = withoutType(status.ofRecipient("Diagnostic-Code"));
        String remote = withoutType(status.ofRecipient("Remote-MTA"));
        return new BounceReport(
                action(status.ofRecipient("Action")),
                withoutType(status.ofRecipient("Final-Recipient")),
                status(status.ofRecipient("Status"), diagnostic),
                remote.isEmpty() ? withoutType(status.any("Reporting-MTA")) : remote,
                diagnostic.isEmpty() ? subject : diagnostic);
    }

    /** Exim reports 5.0.0 whatever it was told; then the code that the other host gave says more. */
    private static String status(String code, String diagnostic) {
        Matcher other = STATUS.matcher(diagnostic.substring(0, Math.min(diagnostic.length(), LONGEST_CAUSE)));
        boolean isVague = code.endsWith(".0.0") && other.find();
        return isVague && other.group().startsWith(code.substring(0, 1)) ? other.group() : code;
    }

    private static Action action(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "failed" -> Action.FAILED;
            case "" -> Action.UNTOLD;
            case "delayed" -> Action.DELAYED;
            case "delivered" -> Action.DELIVERED;
            case "expanded" -> Action.EXPANDED;
            default -> Action.RELAYED; // whatever it means, it is no failure
        };
    }

    /** Whether the message was given up. */
    boolean isFailure() {
        return action == Action.FAILED || action == Action.UNTOLD;
    }

    /** Whether the message was refused for now and is still tried, as greylisting does. */
    boolean isDelay() {
        return action == Action.DELAYED;
    }

    /** Why, on one printable line of at most 500 characters, beginning with the host that said so where the report names one. */
    String cause() {
        boolean isCut = diagnostic.length() == LONGEST_CAUSE; // then there is no room for more
        boolean hasStatus = status.isEmpty() || isCut || diagnostic.contains(status);
        return printable((host.isEmpty() ? "" : host + ": ") + (hasStatus ? "" : status + " ") + diagnostic);
    }

    /** All that it tells, in lines of name and value, for keeping. */
    String toText() {
        return "action: " + action.name().toLowerCase(Locale.ROOT) + "\nrecipient: " + recipient + "\nstatus: " + status
                + "\nhost: " + host + "\ndiagnostic: " + diagnostic + "\n";
    }

    /**
     * Which probe a report is about, where its envelope does not tell; empty for what is no report, a return among them. See {@link
     * BouncedProbe}.
     */
    static Optional<ProbeId> probe(MailMessage message, TokenVerifier verifier, Instant now) {
        return BouncedProbe.find(message, verifier, now);
    }

    /** What stands behind the type: {@code smtp; 550 …} and {@code dns; mx.company.test}. */
    private static String withoutType(String value) {
        String start = value.substring(0, Math.min(value.length(), 2 * LONGEST_CAUSE));
        return TYPE.matcher(start).replaceFirst("").strip();
    }

    private static String printable(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < LONGEST_CAUSE; i++) {
            char c = text.charAt(i);
            boolean secondBlank = c == ' ' && !line.isEmpty() && line.charAt(line.length() - 1) == ' ';
            if (!secondBlank) {
                line.append(c < ' ' || c > 126 ? '?' : c);
            }
        }
        return line.toString();
    }
}
