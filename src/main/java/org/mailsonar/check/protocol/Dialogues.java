package org.mailsonar.check.protocol;

import static org.mailsonar.check.Trouble.Stage.COMMAND;
import static org.mailsonar.check.Trouble.Stage.GREETING;
import static org.mailsonar.check.Trouble.Stage.LOGIN;
import static org.mailsonar.check.Trouble.Stage.TLS;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Capture;
import org.mailsonar.check.protocol.Exchange.Ending;
import org.mailsonar.check.protocol.Exchange.Role;
import org.mailsonar.check.protocol.Exchange.When;

/** The dialogues that Mailsonar brings along. */
final class Dialogues {

    private static final Map<String, Dialogue> ALL = all();

    private Dialogues() {}

    /** The one of a scheme; null where there is none. */
    static @Nullable Dialogue of(String scheme) {
        return ALL.get(scheme);
    }

    private static Map<String, Dialogue> all() {
        Dialogue smtp = MailDialogue.of("smtp", 25, "EHLO", "250");
        Dialogue submission =
                MailDialogue.of("submission", 587, "EHLO", "250|530"); // 530: only for those who log in (RFC 4954 §6)
        Dialogue pop3 = pop3();
        Dialogue imap = imap();
        return Stream.of(
                        new Dialogue("tcp", 0, false, List.of()),
                        smtp,
                        submission,
                        submission.as("smtps", 465, true), // RFC 8314 §3.3
                        MailDialogue.of("lmtp", 24, "LHLO", "250"),
                        pop3,
                        pop3.as("pop3s", 995, true),
                        imap,
                        imap.as("imaps", 993, true),
                        nntp(),
                        ftp())
                .collect(Collectors.toUnmodifiableMap(Dialogue::scheme, Function.identity()));
    }

    private static Dialogue pop3() {
        Exchange capa =
                Exchange.of("CAPA", COMMAND, "CAPA", Ending.DOT, Answers.POP3).as(Role.OFFERS);
        return new Dialogue(
                "pop3",
                110,
                false,
                List.of(
                        Exchange.of("greeting", GREETING, "", Ending.LINE, Answers.POP3),
                        capa,
                        Exchange.of("STLS", TLS, "STLS", Ending.LINE, Answers.POP3)
                                .ifOffered("(?i)^STLS\\b")
                                .as(Role.START_TLS),
                        capa.when(When.AFTER_STARTTLS),
                        Exchange.of("USER", LOGIN, "USER ${user}", Ending.LINE, Answers.POP3)
                                .when(When.LOGIN),
                        Exchange.of("PASS", LOGIN, "PASS ${password}", Ending.LINE, Answers.POP3.loggedIn("\\+OK"))
                                .when(When.LOGIN),
                        Exchange.of("STAT", COMMAND, "STAT", Ending.LINE, Answers.POP3)
                                .when(When.LOGGED_IN)
                                .capturing(
                                        new Capture("messages", "", Pattern.compile("^\\+OK (\\d{1,15}) ")),
                                        new Capture("mailbox_size", "B", Pattern.compile("^\\+OK \\d+ (\\d{1,15})"))),
                        Exchange.of("QUIT", COMMAND, "QUIT", Ending.LINE, Answers.POP3)
                                .as(Role.FAREWELL)));
    }

    /** AUTHENTICATE PLAIN where it is offered, since it takes any text (RFC 4616); else LOGIN, with literals where a quoted string cannot hold it. */
    private static Dialogue imap() {
        Exchange capability =
                tagged("CAPABILITY", COMMAND, "${tag} CAPABILITY", Answers.IMAP).as(Role.OFFERS);
        String plain = "(?i)^\\* CAPABILITY (?=.*\\bAUTH=PLAIN\\b)";
        String login = "(?i)^\\* CAPABILITY (?!.*\\bLOGINDISABLED\\b)";
        Answers loggedIn = Answers.IMAP.loggedIn("OK\\b");
        Answers goOn = Answers.IMAP.good("\\+");
        return new Dialogue(
                "imap",
                143,
                false,
                List.of(
                        Exchange.of("greeting", GREETING, "", Ending.LINE, greetingOfImap()),
                        capability,
                        tagged("STARTTLS", TLS, "${tag} STARTTLS", Answers.IMAP)
                                .ifOffered("(?i)^\\* CAPABILITY .*\\bSTARTTLS\\b")
                                .as(Role.START_TLS),
                        capability.when(When.AFTER_STARTTLS),
                        login(
                                "AUTHENTICATE",
                                plain + "(?=.*\\bSASL-IR\\b)",
                                "${tag} AUTHENTICATE PLAIN ${plain}",
                                loggedIn),
                        login("AUTHENTICATE", plain + "(?!.*\\bSASL-IR\\b)", "${tag} AUTHENTICATE PLAIN", goOn),
                        login("AUTHENTICATE PLAIN", plain + "(?!.*\\bSASL-IR\\b)", "${plain}", loggedIn),
                        login("LOGIN", login, "${tag} LOGIN ${quotedUser} ${quotedPassword}", loggedIn),
                        login("LOGIN", login, "${tag} LOGIN {${userLength}}", goOn),
                        login("LOGIN user", login, "${user} {${passwordLength}}", goOn),
                        login("LOGIN password", login, "${password}", loggedIn),
                        tagged("STATUS", COMMAND, "${tag} STATUS INBOX (MESSAGES)", Answers.IMAP)
                                .when(When.LOGGED_IN)
                                .capturing(
                                        new Capture("messages", "", Pattern.compile("(?i)\\(MESSAGES (\\d{1,15})\\)"))),
                        tagged("LOGOUT", COMMAND, "${tag} LOGOUT", Answers.IMAP).as(Role.FAREWELL)));
    }

    private static Answers greetingOfImap() {
        return new Answers(
                Pattern.compile("\\* (?:OK|PREAUTH)\\b"),
                Pattern.compile("\\* BYE\\b"),
                Pattern.compile("\\* BYE \\[(?i:UNAVAILABLE|LIMIT)"),
                null,
                Pattern.compile("\\* PREAUTH\\b"));
    }

    private static Exchange tagged(String step, Stage stage, String send, Answers answers) {
        return Exchange.of(step, stage, send, Ending.TAGGED, answers);
    }

    private static Exchange login(String step, String ifOffered, String send, Answers answers) {
        return tagged(step, LOGIN, send, answers).ifOffered(ifOffered).when(When.LOGIN);
    }

    private static Dialogue nntp() {
        // Of the codes 4xx only these two are for a time (RFC 3977 §3.2.1); 48x says no to a login (RFC 4643 §2.3).
        Answers codes = new Answers(
                Pattern.compile("2\\d\\d"), Pattern.compile("[45]\\d\\d"), Pattern.compile("40[03]"), null, null);
        Exchange capabilities = Exchange.of("CAPABILITIES", COMMAND, "CAPABILITIES", Ending.DOT, codes.good("101"))
                .as(Role.OFFERS);
        return new Dialogue(
                "nntp",
                119,
                false,
                List.of(
                        Exchange.of("greeting", GREETING, "", Ending.LINE, codes.good("20[01]")),
                        capabilities,
                        Exchange.of("STARTTLS", TLS, "STARTTLS", Ending.LINE, codes.good("382"))
                                .ifOffered("(?i)^STARTTLS\\b")
                                .as(Role.START_TLS),
                        capabilities.when(When.AFTER_STARTTLS),
                        Exchange.of(
                                        "AUTHINFO USER",
                                        LOGIN,
                                        "AUTHINFO USER ${user}",
                                        Ending.LINE,
                                        codes.good("[23]81").loggedIn("281"))
                                .when(When.LOGIN),
                        Exchange.of(
                                        "AUTHINFO PASS",
                                        LOGIN,
                                        "AUTHINFO PASS ${password}",
                                        Ending.LINE,
                                        codes.good("281").loggedIn("281"))
                                .when(When.LOGIN),
                        Exchange.of("DATE", COMMAND, "DATE", Ending.LINE, codes.good("111")),
                        Exchange.of("QUIT", COMMAND, "QUIT", Ending.LINE, codes.good("205"))
                                .as(Role.FAREWELL)));
    }

    private static Dialogue ftp() {
        Answers codes = new Answers(
                Pattern.compile("2\\d\\d"), Pattern.compile("5\\d\\d|332"), Pattern.compile("4\\d\\d|120"), null, null);
        return new Dialogue(
                "ftp",
                21,
                false,
                List.of(
                        Exchange.of("greeting", GREETING, "", Ending.FTP, codes.good("220")),
                        Exchange.of("FEAT", COMMAND, "FEAT", Ending.FTP, codes.good("211"))
                                .as(Role.OFFERS),
                        Exchange.of("AUTH TLS", TLS, "AUTH TLS", Ending.FTP, codes.good("234"))
                                .ifOffered("(?i)^\\s*AUTH\\b.*\\bTLS\\b")
                                .as(Role.START_TLS),
                        Exchange.of(
                                        "USER",
                                        LOGIN,
                                        "USER ${user}",
                                        Ending.FTP,
                                        codes.good("23[02]|331").loggedIn("23[02]"))
                                .when(When.LOGIN),
                        Exchange.of(
                                        "PASS",
                                        LOGIN,
                                        "PASS ${password}",
                                        Ending.FTP,
                                        codes.good("230|202").loggedIn("2"))
                                .when(When.LOGIN),
                        Exchange.of("PWD", COMMAND, "PWD", Ending.FTP, codes.good("257"))
                                .when(When.LOGGED_IN),
                        Exchange.of("QUIT", COMMAND, "QUIT", Ending.FTP, codes).as(Role.FAREWELL)));
    }
}
