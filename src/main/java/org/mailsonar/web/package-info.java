/**
 * What people and programs read over HTTP.
 *
 * <p>{@link org.mailsonar.web.StatusServer} serves {@code /metrics} and {@code /healthz} with the HTTP server of the JDK, which is used here only. It
 * answers GET and HEAD, never reads a request's body, and has limits on connections, headers and time. It has no login: it
 * listens on loopback unless the configuration says otherwise, and tells no addresses of people and no secrets.
 */
@NullMarked
package org.mailsonar.web;

import org.jspecify.annotations.NullMarked;
