/**
 * The whole program at work, as it is shipped: installed by the installer, started by its own scripts, between real mail servers.
 *
 * <p>{@link org.mailsonar.endtoend.InstalledTree} is installed once for a test run. Nothing here looks inside a process: a test
 * writes configuration files, sends mail, starts and kills programs, and reads mail, log lines, output and exit statuses.
 */
@NullMarked
package org.mailsonar.endtoend;

import org.jspecify.annotations.NullMarked;
