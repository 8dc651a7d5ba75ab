/**
 * Real mail servers for the tests: throw-away Postfix instances on loopback, and the small SMTP ends (a sink, a client) that
 * play the world around them.
 *
 * <p>An instance lives in mount and process namespaces of its own. Inside, it is the machine's Postfix with the machine's paths
 * and a few extra users; outside, neither files nor accounts change, and no daemon outlives the test. This needs Linux, root
 * and the installed package; {@link org.mailsonar.lab.NeedsPostfix} leaves a suite out, by name, where one is missing.
 *
 * <p>Exim's package would replace Postfix's: {@code scripts/install-test-packages} unpacks its program beside, and {@link
 * org.mailsonar.lab.EximLab} starts that. What was learned on the way: its parent must not have the process number 1, or it never goes
 * into the background; {@code protocol = lmtp} needs a {@code port}; STARTTLS is used wherever it is offered; and it has to be
 * set-user-id root to run programs as users, which it is on a file system inside its namespace alone.
 */
@NullMarked
package org.mailsonar.lab;

import org.jspecify.annotations.NullMarked;
