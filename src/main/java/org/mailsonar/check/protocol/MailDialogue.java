package org.mailsonar.check.protocol;

import static org.mailsonar.check.Trouble.Stage.COMMAND;
import static org.mailsonar.check.Trouble.Stage.GREETING;
import static org.mailsonar.check.Trouble.Stage.LOGIN;
import static org.mailsonar.check.Trouble.Stage.TLS;

import java.util.List;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Ending;
import org.mailsonar.check.protocol.Exchange.Role;
import org.mailsonar.check.protocol.Exchange.When;

/**
 * SMTP and LMTP. What greets and then ends the connection at the first command, or does not know MAIL, is not the server: a proxy that
 * takes connections on its own does so when the server behind it is gone.
 */
final class MailDialogue {

    private static final Answers CODES = Answers.CODES;

    private MailDialogue() {}

    /**
     * The start of a transaction, never a mail.
     *
     * @param hello EHLO or LHLO
     * @param mailTaken the codes of a server that works, in reply to MAIL
     */
    static Dialogue of(String scheme, int port, String hello, String mailTaken) {
        Exchange ehlo = Exchange.of(
                        hello,
                        COMMAND,
                        hello + " ${hello}",
                        Ending.SMTP,
                        CODES.good("250").impostor("421|closed"))
                .as(Role.OFFERS);
        Exchange helo = smtp("HELO", COMMAND, "HELO ${hello}", "250").when(When.AFTER_REJECTION);
        return new Dialogue(
                scheme,
                port,
                false,
                List.of(
                        smtp("greeting", GREETING, "", "220"),
                        ehlo,
                        helo,
                        smtp("STARTTLS", TLS, "STARTTLS", "220")
                                .ifOffered("(?i)^250[- ]STARTTLS\\b")
                                .as(Role.START_TLS),
                        ehlo.when(When.AFTER_STARTTLS),
                        helo,
                        Exchange.of("AUTH PLAIN", LOGIN, "AUTH PLAIN ${plain}", Ending.SMTP, CODES.loggedIn("235"))
                                .ifOffered("(?i)^250[- ]AUTH[ =](?:.* )?PLAIN\\b")
                                .when(When.LOGIN),
                        authLogin("AUTH LOGIN", "AUTH LOGIN", CODES.good("334")),
                        authLogin("AUTH LOGIN user", "${user64}", CODES.good("334")),
                        authLogin("AUTH LOGIN password", "${password64}", CODES.loggedIn("235")),
                        Exchange.of(
                                "MAIL FROM",
                                COMMAND,
                                "MAIL FROM:<${from}>",
                                Ending.SMTP,
                                CODES.good(mailTaken).impostor("421|50[02]|closed")),
                        Exchange.of(
                                "RCPT TO",
                                COMMAND,
                                "RCPT TO:<${to}>",
                                Ending.SMTP,
                                CODES.good("25[0-2]").impostor("421|50[02]|closed")),
                        smtp("RSET", COMMAND, "RSET", "250"),
                        smtp("QUIT", COMMAND, "QUIT", "221").as(Role.FAREWELL)));
    }

    private static Exchange smtp(String step, Stage stage, String send, String good) {
        return Exchange.of(step, stage, send, Ending.SMTP, CODES.good(good));
    }

    private static Exchange authLogin(String step, String send, Answers answers) {
        return Exchange.of(step, LOGIN, send, Ending.SMTP, answers)
                .ifOffered("(?i)^250[- ]AUTH[ =](?:.* )?LOGIN\\b")
                .when(When.LOGIN);
    }
}
