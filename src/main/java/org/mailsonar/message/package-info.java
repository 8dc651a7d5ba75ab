/**
 * Mail as bytes: a message with its header fields found, nothing decoded and nothing changed, and the envelope around it.
 *
 * <p>What arrives is written by strangers and mangled by gateways, so reading never fails: whatever the bytes are, they are a
 * message, if need be one without a header. Sizes are bounded where mail is taken in, not here. Keeps RFC 5322 (format) and
 * RFC 5321 (addresses) in the parts that probes need; MIME structure is read by {@link org.mailsonar.message.MimeParts} only as
 * far as it takes to look into a body.
 */
@NullMarked
package org.mailsonar.message;

import org.jspecify.annotations.NullMarked;
