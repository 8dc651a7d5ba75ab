/**
 * Looks at the machine that it runs on: the mail queue, processors, memory, disks, connections, processes, files, the mail log.
 *
 * <p>What is looked at has limits of its own, and what cannot be looked at says so and hinders nothing else.
 */
@NullMarked
package org.mailsonar.check.host;

import org.jspecify.annotations.NullMarked;
