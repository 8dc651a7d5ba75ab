package org.mailsonar.probe;

import java.security.Provider;
import java.security.PublicKey;

/**
 * A public key whose probes are believed. Immutable and thread-safe.
 *
 * <p>Which cryptography checks the signatures is the key's own affair: a program that runs once takes the platform's, which
 * is the quickest to load; one that stays takes a provider that is quicker in the long run.
 *
 * @param key the Ed25519 public key
 * @param provider whose implementation checks signatures of this key
 * @param fingerprint the key's name in tokens
 */
public record TrustedKey(PublicKey key, Provider provider, String fingerprint) {

    /** A key with its fingerprint, which is computed. */
    public static TrustedKey of(PublicKey key, Provider provider) {
        return new TrustedKey(key, provider, KeyFingerprint.of(key));
    }
}
