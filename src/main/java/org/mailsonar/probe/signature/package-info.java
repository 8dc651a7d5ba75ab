/**
 * The check of Ed25519 signatures (RFC 8032), and the two hash functions that it takes (FIPS 180-4).
 *
 * <p>The pipe program runs once per mail, and in it Java's own cryptography costs more to load than all the rest of the mail. What
 * is here starts at once, and serves the programs that stay as well: {@link org.mailsonar.probe.signature.Ed25519Key} is a key
 * made ready for many checks.
 *
 * <p>It is for public keys, signatures and messages only, which anybody may know: how long it takes tells what it works on. Whatever
 * touches a private key is left to Java's own cryptography.
 */
@NullMarked
package org.mailsonar.probe.signature;

import org.jspecify.annotations.NullMarked;
