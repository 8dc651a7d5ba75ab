/**
 * Looks at the machine that it runs on: the mail queue, processors, memory, disks, connections, processes, files, the mail log.
 *
 * <p>What is looked at has limits of its own, and what cannot be looked at says so and hinders nothing else. What a run has to know of the
 * one before it, such as how far the mail log was read, is in a small file that is written durably; each run leaves a row in a table.
 * The row is kept in that file too, before it is written to the table: a run that is killed between the two loses and doubles nothing,
 * since the next one writes the row that is missing.
 */
@NullMarked
package org.mailsonar.check.host;

import org.jspecify.annotations.NullMarked;
