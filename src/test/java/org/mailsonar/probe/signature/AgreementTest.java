package org.mailsonar.probe.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.probe.signature.Numbers.ORDER;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A signature that one program takes and another refuses would be a fault that nobody finds; RFC 8032 §5.1.7 leaves room for it. */
class AgreementTest {

    private static final byte[] MESSAGE = "mailsonar-probe/1".getBytes(UTF_8);

    /** The eight points whose order divides the cofactor. */
    private static final List<String> SMALL_ORDER = List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

    /** Encodings whose y is not below p, and those of x = 0 with a sign. */
    private static final List<String> NOT_CANONICAL = List.of(
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

    private final Random random = new Random(20261121);
    private byte[] key = {};
    private byte[] good = {};

    @BeforeEach
    void sign() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new SeededRandom(random));
        KeyPair pair = generator.generateKeyPair();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        good = signature.sign();
        key = Arrays.copyOfRange(pair.getPublic().getEncoded(), 12, 44);
    }

    @Test
    void all_accept_a_good_signature() {
        for (Verifiers each : Verifiers.values()) {
            assertThat(each.accept(key, MESSAGE, good)).as("%s", each).isTrue();
        }
    }

    @Test
    void all_refuse_an_s_that_is_not_reduced() {
        BigInteger s = Numbers.ofBytes(Arrays.copyOfRange(good, 32, 64));
        for (BigInteger more = s.add(ORDER); more.bitLength() <= 256; more = more.add(ORDER)) {
            assertAllRefuse(key, signature(Arrays.copyOf(good, 32), more));
        }
    }

    @Test
    void all_refuse_odd_points_as_r_with_any_odd_s() {
        for (String point : odd()) {
            for (BigInteger s : oddNumbers()) {
                assertAllRefuse(key, signature(HexFormat.of().parseHex(point), s));
            }
        }
    }

    @Test
    void all_refuse_keys_that_are_not_canonical_with_any_odd_signature() {
        for (String oddKey : NOT_CANONICAL) {
            for (String point : odd()) {
                for (BigInteger s : oddNumbers()) {
                    byte[] signature = signature(HexFormat.of().parseHex(point), s);
                    assertAllRefuse(HexFormat.of().parseHex(oddKey), signature);
                }
            }
        }
    }

    /** With such a key and R = −k A anybody has a signature, for S = 0. The others accept it, and we alone do not. */
    @Test
    void only_ours_refuses_a_key_of_small_order() {
        for (String smallKey : SMALL_ORDER) {
            boolean javaAccepts = false;
            for (String point : SMALL_ORDER) {
                byte[] signature = signature(HexFormat.of().parseHex(point), BigInteger.ZERO);
                byte[] bytes = HexFormat.of().parseHex(smallKey);
                javaAccepts |= Verifiers.JAVA.accept(bytes, MESSAGE, signature);
                assertThat(Verifiers.OURS.accept(bytes, MESSAGE, signature)).isFalse();
            }
            assertThat(javaAccepts).as(smallKey).isTrue();
        }
    }

    /** A key plus a point of small order: there the equations with and without the cofactor differ. */
    @Test
    void ours_takes_the_equation_that_java_takes() throws GeneralSecurityException {
        int accepted = 0;
        for (String small : SMALL_ORDER) {
            for (String smallOfR : SMALL_ORDER) {
                for (byte number = 0; number < 2; number++) {
                    BigInteger secret = new BigInteger(60, random);
                    byte[] mixedKey = mixed(secret, small);
                    byte[] message = {number};
                    byte[] signature = signature(secret, mixedKey, message, smallOfR);
                    boolean java = Verifiers.JAVA.accept(mixedKey, message, signature);

                    assertThat(Verifiers.OURS.accept(mixedKey, message, signature))
                            .isEqualTo(java);
                    accepted += java ? 1 : 0;
                }
            }
        }
        assertThat(accepted).isBetween(8, 64);
    }

    /** R with a point of small order, and the S that is right but for that. */
    private byte[] signature(BigInteger secret, byte[] mixedKey, byte[] message, String smallOfR)
            throws GeneralSecurityException {
        BigInteger once = new BigInteger(60, random);
        byte[] r = mixed(once, smallOfR);
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        digest.update(r);
        digest.update(mixedKey);
        BigInteger k = Numbers.ofBytes(digest.digest(message));
        return signature(r, k.multiply(secret).add(once).mod(ORDER));
    }

    private static byte[] mixed(BigInteger factor, String small) {
        ReferencePoint point = ReferencePoint.decoded(HexFormat.of().parseHex(small));
        return ReferencePoint.BASE.times(factor).plus(point).encoded();
    }

    private static byte[] signature(byte[] r, BigInteger s) {
        byte[] signature = Arrays.copyOf(r, 64);
        System.arraycopy(Numbers.bytes(s, 32), 0, signature, 32, 32);
        return signature;
    }

    private List<BigInteger> oddNumbers() {
        return List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                ORDER.subtract(BigInteger.ONE),
                ORDER,
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE),
                Numbers.ofBytes(Arrays.copyOfRange(good, 32, 64)));
    }

    private static List<String> odd() {
        List<String> odd = new ArrayList<>(SMALL_ORDER);
        odd.addAll(NOT_CANONICAL);
        return odd;
    }

    private static void assertAllRefuse(byte[] key, byte[] signature) {
        for (Verifiers each : Verifiers.values()) {
            assertThat(each.accept(key, MESSAGE, signature))
                    .as(
                            "%s, key %s, signature %s",
                            each, HexFormat.of().formatHex(key), HexFormat.of().formatHex(signature))
                    .isFalse();
        }
    }
}
