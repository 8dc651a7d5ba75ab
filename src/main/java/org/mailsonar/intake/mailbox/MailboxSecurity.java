package org.mailsonar.intake.mailbox;

/** Whether a connection to a mailbox is encrypted. Wherever it is, certificate and host name are checked. */
public enum MailboxSecurity {
    /** Never: on this machine only. */
    NONE,
    /** By STARTTLS (RFC 9051 §6.2.1) or STLS (RFC 2595 §4); a server that does not offer it is sent no login. */
    STARTTLS,
    /** From the first byte (RFC 8314 §3.2, §3.3). */
    IMPLICIT
}
