/**
 * Tells people of changes, by ways that do not depend on the mail that they are about.
 *
 * <p>{@link org.mailsonar.notify.Announcer} reads the changes that nobody has told yet, makes a {@link org.mailsonar.notify.Dispatch} of each
 * for every rule that wants it, and hands these to the rule's ways, one {@link org.mailsonar.notify.Notifier} each. A dispatch is in the {@link
 * org.mailsonar.notify.Outbox} before it leaves and stays there until a way has taken it: so everything is told at least once, also when
 * the monitor is killed in between, and at worst twice.
 */
@NullMarked
package org.mailsonar.notify;

import org.jspecify.annotations.NullMarked;
