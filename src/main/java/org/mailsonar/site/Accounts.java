package org.mailsonar.site;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The test accounts of a site, as this process uses them: one login at a time, since a POP3 server locks a mailbox for each (RFC 1939 §4), and not
 * after it was refused too often. Thread-safe.
 */
public final class Accounts {

    private final Refusals refusals = new Refusals();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Who refused a login. */
    public Refusals refusals() {
        return refusals;
    }

    /** Is held by whoever is logged in to a store's account. */
    ReentrantLock lock(Store store) {
        return locks.computeIfAbsent(store.account().toString(), any -> new ReentrantLock());
    }
}
