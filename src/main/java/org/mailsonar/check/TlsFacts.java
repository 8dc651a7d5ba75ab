package org.mailsonar.check;

import java.time.Instant;
import java.util.List;

/**
 * What an encrypted connection is like.
 *
 * @param version {@code TLSv1.3}
 * @param cipher the suite
 * @param subject of the server's certificate, as a distinguished name
 * @param names what it is for: its DNS names and addresses (RFC 9525)
 * @param issuer who signed it
 * @param notBefore from when on it is valid
 * @param notAfter until when it is
 * @param chain how many certificates the server sent
 */
public record TlsFacts(
        String version,
        String cipher,
        String subject,
        List<String> names,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        int chain) {

    public TlsFacts {
        names = List.copyOf(names);
    }
}
