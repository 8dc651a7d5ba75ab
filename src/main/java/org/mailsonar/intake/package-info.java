/**
 * Where mail arrives: an SMTP listener, a pipe program. Each turns what comes into a {@link org.mailsonar.intake.ReceivedMail},
 * hands it to the one {@link org.mailsonar.intake.MailHandler} behind it, and renders the {@link org.mailsonar.intake.Disposition}
 * in its own dialect.
 *
 * <p>An intake keeps no queue. The mail stays with whoever brought it until the handler has answered, so a process that is
 * killed at any instant loses nothing; at worst a message comes twice. Every read is bounded.
 *
 * <p>{@link org.mailsonar.intake.SmtpListener} stands on Apache James Protocols and keeps RFC 5321 with PIPELINING (RFC 2920), SIZE
 * (RFC 1870), 8BITMIME (RFC 6152), enhanced status codes (RFC 2034) and SMTPUTF8 (RFC 6531). It is stricter than it must be in one
 * point: a message with a CR or LF that stands alone is refused, so nothing can be smuggled past it (RFC 5321 §2.3.8). It offers
 * neither STARTTLS nor AUTH, and takes no quoted local parts.
 */
@NullMarked
package org.mailsonar.intake;

import org.jspecify.annotations.NullMarked;
