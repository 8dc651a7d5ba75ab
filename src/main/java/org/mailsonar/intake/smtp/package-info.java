/**
 * Mail by SMTP: {@link org.mailsonar.intake.smtp.SmtpListener} takes it from clients and hands each message to a handler.
 *
 * <p>It stands on Apache James Protocols and keeps RFC 5321 with PIPELINING (RFC 2920), SIZE (RFC 1870), 8BITMIME (RFC 6152), enhanced
 * status codes (RFC 2034) and SMTPUTF8 (RFC 6531). It is stricter than it must be in one point: a message with a CR or LF that
 * stands alone is refused, so nothing can be smuggled past it (RFC 5321 §2.3.8). It offers neither STARTTLS nor AUTH, and takes no
 * quoted local parts.
 *
 * <p>It is made to be reached by anybody. It takes mail for its own recipients only, and refuses every form of an address that asks for
 * a way to another host. What a client may take of connections, commands, time and memory is bounded by {@link
 * org.mailsonar.intake.smtp.ListenerLimits}; src/adr/0007 says how and why. {@code SmtpServer} goes round all connections once a second
 * for that; a connection itself only notes when something came.
 *
 * <p>A connection's way: {@code SmtpServer} admits it, {@code SmtpConnection} cuts its bytes into commands and contents, {@code
 * SmtpProtocol} answers commands on the event loop, and {@code MailDesk} gives each whole message a virtual thread.
 */
@NullMarked
package org.mailsonar.intake.smtp;

import org.jspecify.annotations.NullMarked;
