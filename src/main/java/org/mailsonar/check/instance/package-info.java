/**
 * Lists the instances of a mail system and tells which of them are not running: the host process may run while one instance in it is
 * stopped.
 *
 * <p>Each {@link org.mailsonar.check.instance.InstanceSource} knows one kind of system and asks that system's own tools; what a tool says
 * is not taken for the truth where a connection can be tried. Nothing is started, unless it is asked for.
 */
@NullMarked
package org.mailsonar.check.instance;

import org.jspecify.annotations.NullMarked;
