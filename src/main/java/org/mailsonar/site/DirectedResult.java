package org.mailsonar.site;

import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;

/**
 * What was found when one machine of a site was looked at by itself, to find a fault.
 *
 * @param scope what of it was looked at
 * @param machine its name in the site
 * @param store whose test account was used; null for none
 * @param result what was found
 */
public record DirectedResult(
        Scope scope, String machine, @Nullable String store, CheckResult result) {

    /** What of a machine is looked at. */
    public enum Scope {
        /** Whether a connection is accepted, and no more. */
        CONNECT,
        /** An MTA, up to whether it would take mail for the account. */
        SUBMIT,
        /** A proxy, with a login to the account. */
        RETRIEVE,
        /** A store itself, with a login to the account. */
        STORE,
        /** A directory server. */
        DIRECTORY,
        /** How much mail waits at an MTA. */
        QUEUE
    }
}
