package org.mailsonar.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds a host's addresses within a time limit. Java's own look-up has none: behind a name server that is silent it takes as long as the
 * resolver's settings say, and holds the thread below a virtual one all the while, so that a few of them would stop all others. A
 * name is therefore looked up on a thread of its own, which is left to its end when time is up.
 */
public final class HostLookup {

    private HostLookup() {}

    /**
     * The addresses of a host, in the order of the resolver; at least one.
     *
     * @param host a name, or an address, which takes no look-up
     * @throws UnknownHostException when there is none
     * @throws TimeoutException when there is no answer in time
     */
    public static InetAddress[] find(String host, Duration limit)
            throws UnknownHostException, TimeoutException, InterruptedException {
        if (isAddress(host)) {
            return InetAddress.getAllByName(host);
        }
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("look-up").start(lookup);
        try {
            return lookup.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        }
    }

    /** Whether it cannot be a name: a name's last label is never all digits (RFC 3696 §2). */
    private static boolean isAddress(String host) {
        int i = host.length();
        while (i > 0 && host.charAt(i - 1) >= '0' && host.charAt(i - 1) <= '9') {
            i--;
        }
        return host.indexOf(':') >= 0 || (i > 0 && i < host.length() && host.charAt(i - 1) == '.');
    }
}
