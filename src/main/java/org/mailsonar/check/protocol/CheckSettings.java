package org.mailsonar.check.protocol;

import org.jspecify.annotations.Nullable;

/**
 * All that a check is told.
 *
 * @param url where, and the options
 * @param login who logs in; null for nobody
 * @param tls what is asked of the encryption
 * @param limits how long it may take
 */
public record CheckSettings(CheckUrl url, @Nullable Login login, TlsSettings tls, Limits limits) {}
