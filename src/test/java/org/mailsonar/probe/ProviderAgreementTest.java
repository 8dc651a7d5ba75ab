package org.mailsonar.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/**
 * The pipe program checks with the platform's Ed25519, the resident reflector may check with Bouncy Castle's: a token that one
 * takes and the other refuses would be a fault that nobody finds. RFC 8032 §5.1.7 leaves room where these tests look.
 */
class ProviderAgreementTest {

    private static final Provider PLATFORM = Security.getProvider("SunEC");
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** The order of the base point, RFC 8032 §5.1. */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** Points of small order, and encodings whose y is not below the field's prime. */
    private static final List<String> ODD_POINTS = List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

    private final TokenVerifier platform = verifier(PLATFORM);
    private final TokenVerifier bouncyCastle = verifier(BOUNCY_CASTLE);
    private final String payloadText = TestProbes.token().split("\\.", 2)[0];
    private final byte[] signature =
            Base64.getUrlDecoder().decode(TestProbes.token().split("\\.", 2)[1]);

    @Test
    void both_name_a_key_alike() {
        assertThat(TestKeys.trusted("monitor", BOUNCY_CASTLE).fingerprint())
                .isEqualTo(TestKeys.trusted("monitor", PLATFORM).fingerprint());
    }

    @Test
    void both_take_a_good_signature() {
        assertThat(platform.verify(TestProbes.token(), TestProbes.ARRIVAL)).isInstanceOf(Verification.Valid.class);
        assertThat(bouncyCastle.verify(TestProbes.token(), TestProbes.ARRIVAL)).isInstanceOf(Verification.Valid.class);
    }

    @Test
    void both_refuse_an_s_that_is_not_reduced() {
        BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));
        for (BigInteger more = s.add(ORDER); more.bitLength() <= 256; more = more.add(ORDER)) {
            assertBothRefuse(with(Arrays.copyOf(signature, 32), more));
        }
    }

    @Test
    void both_refuse_odd_points_with_any_odd_s() {
        for (String point : ODD_POINTS) {
            for (BigInteger s : List.of(
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    ORDER.subtract(BigInteger.ONE),
                    ORDER,
                    littleEndian(Arrays.copyOfRange(signature, 32, 64)))) {
                assertBothRefuse(with(HexFormat.of().parseHex(point), s));
            }
        }
    }

    @Test
    void both_refuse_every_single_bit_error_in_a_signature() {
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertBothRefuse(changed);
        }
    }

    @Test
    void both_refuse_random_signatures() {
        Random random = new Random(20261121);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[64];
            random.nextBytes(noise);
            assertBothRefuse(noise);
        }
    }

    private void assertBothRefuse(byte[] wrongSignature) {
        String token =
                payloadText + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(wrongSignature);
        assertThat(platform.verify(token, TestProbes.ARRIVAL))
                .as("platform, %s", token)
                .isEqualTo(new Verification.Forged());
        assertThat(bouncyCastle.verify(token, TestProbes.ARRIVAL))
                .as("Bouncy Castle, %s", token)
                .isEqualTo(new Verification.Forged());
    }

    private static byte[] with(byte[] point, BigInteger s) {
        byte[] changed = Arrays.copyOf(point, 64);
        byte[] bigEndian = s.toByteArray();
        for (int i = 0; i < 32 && i < bigEndian.length; i++) {
            changed[32 + i] = bigEndian[bigEndian.length - 1 - i];
        }
        return changed;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static TokenVerifier verifier(Provider provider) {
        return new TokenVerifier(
                List.of(TestKeys.trusted("monitor", provider)), TestProbes.TARGET::equals, Duration.ZERO);
    }
}
