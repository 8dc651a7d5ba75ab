package org.mailsonar.check.protocol;

import java.util.List;

/**
 * What is said to a server, as data.
 *
 * @param scheme its name in a URL
 * @param port the usual port; 0 where there is none
 * @param implicitTls whether encryption begins with the first byte
 * @param exchanges what is said and heard, in order; none for a bare connection. The first ones usually only listen, since a server that
 *     greets is heard before anything is said
 */
public record Dialogue(String scheme, int port, boolean implicitTls, List<Exchange> exchanges) {

    public Dialogue {
        exchanges = List.copyOf(exchanges);
        if (!CheckUrl.isScheme(scheme)) {
            throw new IllegalArgumentException("a scheme is lower-case letters, digits, + and -, the first a letter");
        }
        for (Exchange exchange : exchanges) {
            if (Blanks.needsSecret(exchange.send()) && exchange.when() != Exchange.When.LOGIN) {
                throw new IllegalArgumentException(
                        exchange.step() + " holds a password, so it is a part of the login: its when is LOGIN");
            }
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535");
        }
    }

    /** The same by another name, at another port, with encryption from the first byte or without. */
    Dialogue as(String otherScheme, int otherPort, boolean isImplicitTls) {
        return new Dialogue(otherScheme, otherPort, isImplicitTls, exchanges);
    }
}
