/**
 * What a return tells of its way, read from its header and from the probe's header that it brings back: the hops there and back (RFC 5321
 * §4.4), the two legs by the reflector's clock, what trusted servers found out about the sender (RFC 8601), and what spam filters thought.
 *
 * <p>All of it was written by strangers and by clocks that nobody vouches for: it is kept beside the probe and shown to people, and
 * it is never a metric and never a reason for a verdict. The readers are pure functions that never fail: of 64 KiB of each header and 50
 * hops at most, whatever can be read is, on printable ASCII and cut to a length; times that cannot be are told as skewed clocks.
 *
 * <p>{@link org.mailsonar.roundtrip.evidence.Evidence} is one value; its text is JSON of at most 8 KiB, which reads back as the same value.
 */
@NullMarked
package org.mailsonar.roundtrip.evidence;

import org.jspecify.annotations.NullMarked;
