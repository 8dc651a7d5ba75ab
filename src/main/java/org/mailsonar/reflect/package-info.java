/**
 * The reflector: proves a probe, stamps it, and sends it back.
 *
 * <p>One message goes through {@link org.mailsonar.reflect.Reflector} like this, and is safe at each step, because it stays with whoever
 * brought it (the MTA's queue, the SMTP client) until the last one is done:
 *
 * <ol>
 *   <li>{@link org.mailsonar.probe.TokenFinder} finds the token and {@link org.mailsonar.probe.TokenVerifier} proves it. What is not
 *       proven goes no further.
 *   <li>{@link org.mailsonar.reflect.LoopGuard} stops returns, automatic replies and probes that would be returned to themselves.
 *   <li>The key must have the right to the return address that the token names; the return goes to no other.
 *   <li>{@link org.mailsonar.reflect.ReturnComposer} makes the return, with the UTC receive time in its subject.
 *   <li>The relay hands it to the next hop. Only when that has accepted it is the probe accepted: a process killed just between the
 *       two returns it twice at worst, and the monitor counts it once.
 * </ol>
 *
 * <p>Keeps RFC 3834 (automatic responses): nothing but an authentic probe is ever answered, to one recipient, marked as a reply,
 * with an envelope sender that nothing answers.
 */
@NullMarked
package org.mailsonar.reflect;

import org.jspecify.annotations.NullMarked;
