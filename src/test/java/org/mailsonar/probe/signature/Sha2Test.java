package org.mailsonar.probe.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Sha2Test {

    private final Random random = new Random(20261121);

    @Test
    void both_agree_with_java_at_every_length_and_some_larger() throws GeneralSecurityException {
        int[] lengths = IntStream.concat(
                        IntStream.rangeClosed(0, 300), IntStream.of(1_000, 1_023, 1_024, 4_096, 65_535, 1_000_003))
                .toArray();
        for (int length : lengths) {
            byte[] message = bytes(length);

            assertThat(Sha256.digest(message))
                    .as("SHA-256 of %d bytes", length)
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(message));
            assertThat(Sha512.digest(message))
                    .as("SHA-512 of %d bytes", length)
                    .isEqualTo(MessageDigest.getInstance("SHA-512").digest(message));
        }
    }

    @Test
    void where_the_parts_meet_makes_no_difference() {
        byte[] message = bytes(300);
        for (int cut = 0; cut <= message.length; cut++) {
            byte[] start = Arrays.copyOf(message, cut);
            byte[] end = Arrays.copyOfRange(message, cut, message.length);

            assertThat(Sha512.digest(start, new byte[0], end)).isEqualTo(Sha512.digest(message));
            assertThat(Sha256.digest(start, end)).isEqualTo(Sha256.digest(message));
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
