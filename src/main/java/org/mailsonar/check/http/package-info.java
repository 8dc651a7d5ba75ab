/**
 * Checks of a web server, such as a webmail's: one GET, its status and its text.
 *
 * <p>One connection of HTTP/1.1 (RFC 9112), closed after the answer; at most 64 KiB of the body are read. Redirects are told of and not
 * followed, unless that is asked for; then each is a connection of its own, at most five, and a password never goes to another
 * server than the one it was given for.
 */
@NullMarked
package org.mailsonar.check.http;

import org.jspecify.annotations.NullMarked;
