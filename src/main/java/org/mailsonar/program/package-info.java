/**
 * Runs programs of this machine: a fixed list of words and no shell, with a time limit, a modest environment, and output that is read to
 * its end and kept up to a limit. {@link org.mailsonar.program.RunningProgram} is what all of them go through; {@link
 * org.mailsonar.program.Programs} is for those that are asked how this machine does.
 */
@NullMarked
package org.mailsonar.program;

import org.jspecify.annotations.NullMarked;
