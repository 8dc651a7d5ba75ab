package org.mailsonar.relay;

/** Whether a connection to a mail server is encrypted. Wherever it is, certificate and host name are checked. */
public enum TransportSecurity {
    /** Never. */
    NONE,
    /**
     * By STARTTLS (RFC 3207) where the server offers it, and else not at all. Keeps off who only listens; who can change
     * what passes can hide the offer.
     */
    STARTTLS_IF_OFFERED,
    /** By STARTTLS; a server that does not offer it gets no mail. */
    STARTTLS_REQUIRED,
    /** From the first byte (RFC 8314 §3.3). */
    IMPLICIT
}
