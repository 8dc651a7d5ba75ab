/**
 * What the programs tell of themselves: counters and times for Prometheus. Micrometer is used here only.
 *
 * <p>The meters of a reflector; their names and labels are stable, so dashboards and alerts may rely on them:
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>what it is</th></tr>
 * <tr><td>{@code mailsonar_reflector_messages_total{disposition,reason}}</td><td>messages by what became of them: {@code accepted} (the
 *     return is taken by the next hop), {@code unwanted} (refused), {@code discarded}, {@code failed} (bounces), {@code deferred}
 *     (comes again). All known reasons are there from the start, at 0.</td></tr>
 * <tr><td>{@code mailsonar_reflector_relay_seconds{outcome}}</td><td>histogram: how long the next hop took to answer for one return;
 *     {@code accepted}, {@code refused} or {@code deferred}</td></tr>
 * <tr><td>{@code mailsonar_reflector_handling_seconds}</td><td>histogram: how long one message took, from its last byte to its
 *     answer</td></tr>
 * <tr><td>{@code mailsonar_listener_connections{listener}}</td><td>clients connected now</td></tr>
 * <tr><td>{@code mailsonar_intake_working{intake}}</td><td>1, or 0 for a listener, directory or mailbox in trouble</td></tr>
 * <tr><td>{@code mailsonar_directory_waiting{directory}}</td><td>messages that lie in a watched directory</td></tr>
 * <tr><td>{@code mailsonar_directory_oldest_seconds{directory}}</td><td>for how long the oldest of them has been there</td></tr>
 * <tr><td>{@code mailsonar_reflector_relay_accepting}</td><td>0 from the first return that the next hop deferred until the next one
 *     that it took or refused</td></tr>
 * <tr><td>{@code mailsonar_reflector_config_reloads_total{result}}</td><td>{@code success} or {@code failure}</td></tr>
 * <tr><td>{@code mailsonar_reflector_config_last_reload_success}</td><td>1, or 0 while the file is not what is in force</td></tr>
 * <tr><td>{@code mailsonar_build_info{version}}</td><td>always 1</td></tr>
 * </table>
 *
 * <p>Beside these are some of the Java machine's own ({@code jvm_memory_*}, {@code jvm_threads_*}, {@code process_*}, {@code system_*}), read
 * only when asked for and first bound then, since they take longer to load than a reflector takes to start.
 */
@NullMarked
package org.mailsonar.report;

import org.jspecify.annotations.NullMarked;
