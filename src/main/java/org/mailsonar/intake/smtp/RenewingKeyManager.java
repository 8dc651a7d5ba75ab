package org.mailsonar.intake.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Gives each TLS handshake the certificate that the files hold. They are looked at when a handshake asks for a certificate, at most
 * once a second, and compared byte for byte, so neither a thread nor a time stamp is trusted with it. What cannot be used (a missing
 * file, half of a new pair) is warned of once, and the identity before it stays.
 *
 * <p>A handshake asks in three steps, and must get the key of the certificate that it got: so each alias begins with the number of its
 * identity, and the one before the current one is kept. Java asks on the threads that are given to a handshake's long work, so files may
 * be read here. Thread-safe.
 */
final class RenewingKeyManager extends X509ExtendedKeyManager {

    private static final Logger LOG = LogManager.getLogger(RenewingKeyManager.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofDays(7);
    private static final String NO_CIPHER_YET = "SSL_NULL_WITH_NULL_NULL";

    /** An identity and Java's own choice of it, which knows the algorithms that a client takes. */
    private record Numbered(int number, TlsIdentity identity, X509ExtendedKeyManager choice) {}

    private final TlsFiles files;
    private final TimeSource time;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Numbered current;
    private volatile Numbered previous;
    private Moment lastLook;
    private TlsFileBytes seen;
    private String trouble = "";
    private int expiryWarnedFor;

    /** @throws TlsFileException if the files cannot be used */
    RenewingKeyManager(TlsFiles files, TimeSource time) {
        this.files = files;
        this.time = time;
        lastLook = time.now();
        seen = TlsFileBytes.read(files);
        current = numbered(1, TlsIdentity.of(files, seen));
        previous = current;
        LOG.info("TLS with the certificate in {}, valid until {}", files.certificate(), current.identity.expires());
        warnOfExpiry(lastLook.wall());
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        if (!engine.getSession().getCipherSuite().equals(NO_CIPHER_YET)) {
            // A second handshake within a connection is of no use but to make work.
            return null;
        }
        look();
        Numbered now = current;
        String alias = now.choice.chooseEngineServerAlias(keyType, issuers, engine);
        return alias == null ? null : now.number + "." + alias;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Numbered asked = byAlias(alias);
        return asked == null ? null : asked.identity.chain();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Numbered asked = byAlias(alias);
        return asked == null ? null : asked.identity.key();
    }

    private @Nullable Numbered byAlias(String alias) {
        for (Numbered known : new Numbered[] {current, previous}) {
            if (alias.startsWith(known.number + ".")) {
                return known;
            }
        }
        return null;
    }

    /** Whoever comes while another one looks goes on with what there is. */
    private void look() {
        if (looking.tryLock()) {
            try {
                Moment now = time.now();
                if (now.since(lastLook).compareTo(LOOK_INTERVAL) >= 0) {
                    lastLook = now;
                    readAgain();
                    warnOfExpiry(now.wall());
                }
            } finally {
                looking.unlock();
            }
        }
    }

    private void readAgain() {
        try {
            TlsFileBytes read = TlsFileBytes.read(files);
            if (read.sameAs(seen)) {
                return;
            }
            seen = read;
            Numbered renewed = numbered(current.number + 1, TlsIdentity.of(files, read));
            previous = current;
            current = renewed;
            trouble = "";
            LOG.info("new certificate in {}, valid until {}", files.certificate(), renewed.identity.expires());
        } catch (TlsFileException unusable) {
            String message = String.valueOf(unusable.getMessage());
            if (!message.equals(trouble)) {
                trouble = message;
                LOG.warn("{}; until then the certificate read before stays in use", message);
            }
        }
    }

    /** Warns once of each certificate. */
    private void warnOfExpiry(Instant now) {
        Instant expires = current.identity.expires();
        if (expiryWarnedFor != current.number && now.plus(SOON).isAfter(expires)) {
            expiryWarnedFor = current.number;
            LOG.warn(
                    "the certificate in {} {} at {}; renew it",
                    files.certificate(),
                    now.isAfter(expires) ? "expired" : "expires",
                    expires);
        }
    }

    private static Numbered numbered(int number, TlsIdentity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", identity.key(), new char[0], identity.chain());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return new Numbered(number, identity, (X509ExtendedKeyManager) factory.getKeyManagers()[0]);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("every Java platform has these key managers", impossible);
        }
    }

    /** Not a question that an engine asks. */
    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
