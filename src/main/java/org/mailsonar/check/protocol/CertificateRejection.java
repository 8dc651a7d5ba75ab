package org.mailsonar.check.protocol;

import java.security.cert.CertificateException;
import org.mailsonar.check.TlsFacts;

/** A certificate that is not accepted, with what is known of it. The message says why, and what to do. */
public final class CertificateRejection extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final transient TlsFacts facts;

    CertificateRejection(String message, TlsFacts facts) {
        super(message);
        this.facts = facts;
    }

    /** What the connection would have been like. */
    public TlsFacts facts() {
        return facts;
    }
}
