package org.mailsonar.check.instance;

import java.util.Locale;

/** What an instance speaks. */
public enum InstanceProtocol {
    SMTP("SMTP"),
    LMTP("LMTP"),
    POP3("POP3"),
    IMAP4("IMAP4"),
    NNTP("NNTP"),
    FTP("FTP"),
    WWW("WWW"),
    LDAP("LDAP"),
    /** Something else that mail depends on. */
    OTHER("-");

    private final String text;

    InstanceProtocol(String text) {
        this.text = text;
    }

    /** Its name in output. */
    public String text() {
        return text;
    }

    /** Of a URL's scheme, or of a listener's name: {@code submission}, {@code pop3s}. */
    static InstanceProtocol of(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "smtp", "smtps", "submission", "submissions" -> SMTP;
            case "lmtp" -> LMTP;
            case "pop3", "pop3s" -> POP3;
            case "imap", "imaps" -> IMAP4;
            case "nntp", "nntps" -> NNTP;
            case "ftp", "ftps" -> FTP;
            case "http", "https" -> WWW;
            case "ldap", "ldaps" -> LDAP;
            default -> OTHER;
        };
    }
}
