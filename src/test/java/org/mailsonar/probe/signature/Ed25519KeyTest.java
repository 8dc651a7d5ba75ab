package org.mailsonar.probe.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Ed25519KeyTest {

    private final Random random = new Random(20261121);

    /** The vectors of RFC 8032 §7.1, with "-" for the empty message. */
    @ParameterizedTest
    @CsvFileSource(resources = "rfc8032.csv", maxCharsPerColumn = 4096)
    void the_vectors_of_the_standard_are_accepted_and_nothing_near_them(String key, String message, String signature) {
        Ed25519Key publicKey = Ed25519Key.of(HexFormat.of().parseHex(key));
        byte[] signed = HexFormat.of().parseHex(message.replace("-", ""));
        byte[] good = HexFormat.of().parseHex(signature);

        assertThat(publicKey.hasSigned(signed, good)).isTrue();
        assertThat(publicKey.hasSigned(Arrays.copyOf(signed, signed.length + 1), good))
                .isFalse();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            assertThat(publicKey.hasSigned(signed, flipped(good, bit))).isFalse();
        }
    }

    @Test
    void what_java_signs_is_accepted_and_refused_with_any_bit_changed() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new SeededRandom(random));
        for (int i = 0; i < 2000; i++) {
            KeyPair pair = generator.generateKeyPair();
            byte[] message = new byte[random.nextInt(600)];
            random.nextBytes(message);
            byte[] key = Arrays.copyOfRange(pair.getPublic().getEncoded(), 12, 44);
            byte[] signature = sign(pair.getPrivate(), message);
            Ed25519Key ours = Ed25519Key.of(key);

            assertThat(ours.hasSigned(message, signature)).isTrue();
            assertThat(ours.hasSigned(message, flipped(signature, random.nextInt(512))))
                    .isFalse();
            assertThat(Verifiers.OURS.accept(flipped(key, random.nextInt(256)), message, signature))
                    .isFalse();
            if (message.length > 0) {
                byte[] other = flipped(message, random.nextInt(8 * message.length));
                assertThat(ours.hasSigned(other, signature)).isFalse();
            }
        }
    }

    @Test
    void a_key_serves_many_threads_at_a_time() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Ed25519Key key = Ed25519Key.of(Arrays.copyOfRange(pair.getPublic().getEncoded(), 12, 44));
        List<Future<Integer>> wrong = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                byte[] message = {(byte) thread};
                byte[] signature = sign(pair.getPrivate(), message);
                wrong.add(threads.submit(() -> wrongAnswers(key, message, signature)));
            }
        }
        for (Future<Integer> each : wrong) {
            assertThat(each.get()).isZero();
        }
    }

    private static int wrongAnswers(Ed25519Key key, byte[] message, byte[] signature) {
        int wrong = 0;
        for (int i = 0; i < 300; i++) {
            wrong += key.hasSigned(message, signature) ? 0 : 1;
            wrong += key.hasSigned(message, flipped(signature, i)) ? 1 : 0;
        }
        return wrong;
    }

    @Test
    void a_key_is_what_its_bytes_are_and_keeps_them_to_itself() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] bytes = Arrays.copyOfRange(pair.getPublic().getEncoded(), 12, 44);
        byte[] given = bytes.clone();
        Ed25519Key key = Ed25519Key.of(given);
        Arrays.fill(given, (byte) 0);
        Arrays.fill(key.encoded(), (byte) 0);

        assertThat(key.encoded()).isEqualTo(bytes);
        assertThat(key).isEqualTo(Ed25519Key.of(bytes)).hasSameHashCodeAs(Ed25519Key.of(bytes));
        assertThat(key.hasSigned(new byte[3], sign(pair.getPrivate(), new byte[3])))
                .isTrue();
    }

    @Test
    void a_signature_or_key_of_another_length_is_refused() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] bytes = Arrays.copyOfRange(pair.getPublic().getEncoded(), 12, 44);
        byte[] signature = sign(pair.getPrivate(), new byte[3]);
        for (int length = 0; length < 130; length++) {
            byte[] cut = Arrays.copyOf(signature, length);
            assertThat(Ed25519Key.of(bytes).hasSigned(new byte[3], cut)).isEqualTo(length == 64);
            byte[] key = Arrays.copyOf(bytes, length);
            if (length != 32) {
                assertThatThrownBy(() -> Ed25519Key.of(key))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("32 bytes, not " + key.length);
            }
        }
    }

    private static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}
