/**
 * A mail site of several machines, the paths that mail takes through it, and what it takes to send a mail over one of them and to fetch it
 * as a customer would.
 *
 * <p>A {@link org.mailsonar.site.Path} is one store, one MTA and one proxy; a {@link org.mailsonar.site.PathRun} is what became of one mail
 * on it, timed on one clock, the monotonic one of this process.
 */
@NullMarked
package org.mailsonar.site;

import org.jspecify.annotations.NullMarked;
