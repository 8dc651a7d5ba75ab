/**
 * The commands, and the one place where objects meet.
 *
 * <p>{@link org.mailsonar.cli.Main} is the program for people and schedulers. {@link org.mailsonar.cli.PipeMain} is the one that a mail
 * server starts for each mail: it has a small wiring of its own, since all that it loads is paid for with each message, and it
 * says nothing on standard output or standard error but the cause of a bounce.
 */
@NullMarked
package org.mailsonar.cli;

import org.jspecify.annotations.NullMarked;
