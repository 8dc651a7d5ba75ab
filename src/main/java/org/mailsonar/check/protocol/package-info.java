/**
 * Checks of a protocol: one connection, one conversation, each step timed.
 *
 * <p>What is said to a server is a {@link org.mailsonar.check.protocol.Dialogue}, which is data: a list of {@link
 * org.mailsonar.check.protocol.Exchange}s. One engine holds all of them, those of this package and a site's own. It connects to one
 * address exactly, waits for the server's word before it says anything, tells everything that the server says unasked, sends a login
 * once and over an encrypted connection (or on the same machine), and says goodbye where that is still possible. What the server sends
 * is bounded: 2048 bytes a line, 500 lines a reply, and all of it within the time limit of the check.
 *
 * <p>Keeps, on the client's side, RFC 5321 and RFC 3207 (SMTP), RFC 2033 (LMTP), RFC 4954 (AUTH), RFC 1939, RFC 2449 and RFC 2595 (POP3), RFC 9051
 * (IMAP), RFC 3977, RFC 4642 and RFC 4643 (NNTP), RFC 959 and RFC 4217 (FTP), RFC 9525 (names in certificates).
 */
@NullMarked
package org.mailsonar.check.protocol;

import org.jspecify.annotations.NullMarked;
