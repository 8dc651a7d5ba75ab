/**
 * Looks at one thing of a mail system at a time: a server's protocol, an instance, this machine.
 *
 * <p>A {@link org.mailsonar.check.Check} gives a {@link org.mailsonar.check.CheckResult}, which says how it stands, how long each step took,
 * what was measured, and, where something is wrong, at which stage it failed and in which way: {@link
 * org.mailsonar.check.Trouble}, from which the fault finder draws its conclusions. A check never delivers mail, opens one connection and
 * says goodbye. What a server sends is a stranger's: every read is bounded in time and in size.
 */
@NullMarked
package org.mailsonar.check;

import org.jspecify.annotations.NullMarked;
