/**
 * How mail leaves: to an SMTP server over kept connections, through the machine's sendmail program, or into a
 * directory from which a server picks it up.
 *
 * <p>A relay hands over one message and waits for the next hop's word, which is one of three: accepted, refused for good, not
 * now. It keeps no queue and never tries again by itself: whoever calls decides. Keeps RFC 5321, RFC 2920 (pipelining), RFC 3207
 * (STARTTLS), RFC 4954 (AUTH), RFC 1870 (SIZE), RFC 6152 (8BITMIME) and RFC 6531 (SMTPUTF8) on the client's side.
 */
@NullMarked
package org.mailsonar.relay;

import org.jspecify.annotations.NullMarked;
