/**
 * The commands, and the two places where objects meet: {@link org.mailsonar.cli.MonitorWiring} and {@link
 * org.mailsonar.cli.ReflectorWiring}.
 *
 * <p>{@link org.mailsonar.cli.Main} is the program for people and schedulers. {@link org.mailsonar.cli.PipeMain} is the one that a mail
 * server starts for each mail: it has a small wiring of its own, since all that it loads is paid for with each message, and it
 * says nothing on standard output or standard error but the cause of a bounce.
 *
 * <p>The resident reflector is a {@link org.mailsonar.cli.RunningReflector}: a set of {@link org.mailsonar.cli.Place}s where mail comes in, and behind
 * them the {@link org.mailsonar.cli.Generation} in force, which is exchanged when the configuration changes (src/adr/0008). A new kind of
 * place is one class that implements {@code Place}, and one line in {@link org.mailsonar.cli.ReflectorWiring}{@code .places}.
 *
 * <p>{@link org.mailsonar.cli.CheckMain} is {@code mailsonar check} alone. Started with {@code --resident} it is a {@link
 * org.mailsonar.cli.ResidentChecker}, to which {@code scripts/lib/ask-resident} hands over the calls of the same user through a {@link
 * org.mailsonar.cli.ResidentDoor}. What it answers is what the caller's own program would print, or nothing, and then that one is started: so a
 * resident that is old, frozen or gone makes a call slower, and never wrong.
 */
@NullMarked
package org.mailsonar.cli;

import org.jspecify.annotations.NullMarked;
