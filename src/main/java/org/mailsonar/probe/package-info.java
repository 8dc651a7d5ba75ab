/**
 * The probe: its id, its signed token, and how the token is put into a message and found in one again.
 *
 * <p>A token says which monitor sent the probe, to whom, when, until when it counts, and where the return goes. It is signed with
 * Ed25519 (RFC 8032), so a reflector that holds public keys alone can prove it, and who steals a reflector's files can forge
 * nothing. {@link org.mailsonar.probe.TokenVerifier} checks the signature over the raw bytes before it reads a line of them.
 *
 * <p>Gateways strip headers, add footers, wrap and re-encode, so the token travels twice: in a header field and in the
 * body. {@link org.mailsonar.probe.TokenFinder} looks in both, and into attached and forwarded messages.
 */
@NullMarked
package org.mailsonar.probe;

import org.jspecify.annotations.NullMarked;
