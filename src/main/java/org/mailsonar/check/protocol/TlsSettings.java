package org.mailsonar.check.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the encryption.
 *
 * @param security whether there is to be any
 * @param caFile the authorities that are trusted, in PEM; null for those that Java trusts
 * @param name the host name that the certificate must be for, and the one that is sent as SNI; null for the host of the URL
 * @param warnDays a certificate that ends in fewer days is a warning
 * @param failDays and in fewer than these a failure
 */
public record TlsSettings(
        Security security, @Nullable Path caFile, @Nullable String name, int warnDays, int failDays) {

    /** Encryption where the server offers it, checked against Java's authorities, with a warning three weeks before a certificate ends. */
    public static final TlsSettings DEFAULT = of(Security.IF_OFFERED);

    public TlsSettings {
        if (warnDays < 0 || failDays < 0) {
            throw new IllegalArgumentException("days until a certificate ends are 0 or more");
        }
    }

    /** The usual ones with this security. */
    public static TlsSettings of(Security security) {
        return new TlsSettings(security, null, null, 21, 3);
    }

    /** Whether the connection is encrypted. */
    public enum Security {
        /** Never, also where it is offered. */
        NONE,
        /** By STARTTLS where that is offered; what is wrong with it is a warning. */
        IF_OFFERED,
        /** By STARTTLS; what is wrong with it is a failure, and so is its absence. */
        REQUIRED,
        /** From the first byte. */
        IMPLICIT
    }
}
