package org.mailsonar.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback for servers that have to be told one, and for places where nobody is to listen. They lie below those that the system itself
 * gives away (from 32768 on, with Linux as it is shipped): of these another socket may have been given the same one before the server
 * is there. Thread-safe.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int NUMBER = 22_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(NUMBER));

    private FreePorts() {}

    /** A port on which nobody listens, and that was not given before. */
    public static int next() {
        for (int tries = 0; tries < NUMBER; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), NUMBER);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("all ports are taken from " + FIRST + " to " + (FIRST + NUMBER - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
