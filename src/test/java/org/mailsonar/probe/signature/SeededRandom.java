package org.mailsonar.probe.signature;

import java.security.SecureRandom;
import java.util.Random;

/** The same keys at each run. */
final class SeededRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Random random;

    SeededRandom(Random random) {
        this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
