package org.mailsonar.intake.mailbox;

import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.mailsonar.intake.mailbox.MailboxTrouble.Kind;

/** Encrypts a new IMAP connection and logs in: XOAUTH2, else AUTHENTICATE PLAIN (RFC 4616), else LOGIN unless that is disabled. */
final class ImapLogin {

    private ImapLogin() {}

    static void run(IMAPProtocol protocol, MailboxSettings settings, String secret) throws MailboxTrouble {
        try {
            if (settings.security() == MailboxSecurity.STARTTLS) {
                encrypt(protocol);
            }
            if (!protocol.isAuthenticated()) { // it can be, by who connects (PREAUTH)
                authenticate(protocol, settings.login(), secret);
            }
            protocol.capability(); // there are others after the login
        } catch (ProtocolException failed) {
            throw MailboxTrouble.of(failed).afterGreeting();
        }
    }

    private static void encrypt(IMAPProtocol protocol) throws ProtocolException, MailboxTrouble {
        if (!protocol.hasCapability("STARTTLS")) {
            throw new MailboxTrouble(
                    Kind.SECURITY, "the server does not offer STARTTLS, so no login is sent to it; use imaps://", null);
        }
        protocol.startTLS();
        protocol.capability();
    }

    private static void authenticate(IMAPProtocol protocol, MailboxLogin login, String secret)
            throws ProtocolException, MailboxTrouble {
        try {
            if (login instanceof MailboxLogin.OAuth2) {
                require(protocol.hasCapability("AUTH=XOAUTH2"), "the server does not offer XOAUTH2; use a password");
                protocol.authoauth2(login.user(), secret);
            } else if (protocol.hasCapability("AUTH=PLAIN")) {
                protocol.authplain(null, login.user(), secret);
            } else {
                require(
                        !protocol.hasCapability("LOGINDISABLED"),
                        "the server takes no password on this connection (LOGINDISABLED); use imaps:// or starttls");
                protocol.login(login.user(), secret);
            }
        } catch (ConnectionException lost) {
            throw lost;
        } catch (ProtocolException refused) {
            // A server may repeat what it was told.
            String why = said(refused).replace(secret, "(secret)");
            throw new MailboxTrouble(Kind.LOGIN, "the login is refused: " + why, null);
        }
    }

    /** What the server said, without the tag. */
    static String said(ProtocolException refused) {
        return refused.getResponse() == null
                ? String.valueOf(refused.getMessage())
                : String.valueOf(refused.getResponse().getRest());
    }

    private static void require(boolean offered, String otherwise) throws MailboxTrouble {
        if (!offered) {
            throw new MailboxTrouble(Kind.SERVER, otherwise, null);
        }
    }
}
