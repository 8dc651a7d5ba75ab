/**
 * Where mail arrives. Each place turns what comes into a {@link org.mailsonar.intake.ReceivedMail}, hands it to the one {@link
 * org.mailsonar.intake.MailHandler} behind it, and renders the {@link org.mailsonar.intake.Disposition} in its own dialect. Here are
 * what all places share and the pipe program; {@code smtp} beside it has the listener.
 *
 * <p>An intake keeps no queue. The mail stays with whoever brought it until the handler has answered, so a process that is
 * killed at any instant loses nothing; at worst a message comes twice. Every read is bounded.
 */
@NullMarked
package org.mailsonar.intake;

import org.jspecify.annotations.NullMarked;
