/**
 * Real mail servers for the tests: throw-away Postfix instances on loopback, and the small SMTP ends (a sink, a client) that
 * play the world around them.
 *
 * <p>An instance lives in mount and process namespaces of its own. Inside, it is the machine's Postfix with the machine's paths
 * and a few extra users; outside, neither files nor accounts change, and no daemon outlives the test. This needs Linux, root
 * and the installed package; {@link org.mailsonar.lab.NeedsPostfix} leaves a suite out, by name, where one is missing.
 */
@NullMarked
package org.mailsonar.lab;

import org.jspecify.annotations.NullMarked;
