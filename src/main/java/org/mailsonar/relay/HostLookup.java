package org.mailsonar.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds a host's addresses within a time limit. Java's own look-up has none: behind a name server that is silent it takes as long as the
 * resolver's settings say, and holds the thread below a virtual one all the while, so that a few of them would stop all others. A
 * name is therefore looked up on a thread of its own, which is left to its end when time is up.
 */
final class HostLookup {

    private HostLookup() {}

    /**
     * The addresses of a host, in the order of the resolver.
     *
     * @param host a name, or an address, which takes no look-up
     * @throws SmtpTrouble when there is none, or no answer in time
     */
    static InetAddress[] find(String host, SmtpLimits limits) throws SmtpTrouble {
        try {
            if (isAddress(host)) {
                return InetAddress.getAllByName(host);
            }
            FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
            Thread.ofPlatform().daemon().name("look-up").start(lookup);
            return lookup.get(limits.connect().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | UnknownHostException e) {
            throw SmtpTrouble.failed("the host name cannot be resolved");
        } catch (TimeoutException e) {
            throw SmtpTrouble.timeUp("answer of the name server", limits.connect(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SmtpTrouble.failed("interrupted while the host name was looked up");
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
