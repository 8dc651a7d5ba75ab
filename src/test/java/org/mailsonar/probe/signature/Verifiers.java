package org.mailsonar.probe.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Three implementations of the same check; what cannot be read at all is refused. */
enum Verifiers {
    OURS {
        @Override
        boolean accept(byte[] key, byte[] message, byte[] signature) {
            try {
                return Ed25519Key.of(key).hasSigned(message, signature);
            } catch (IllegalArgumentException noKey) {
                return false;
            }
        }
    },
    JAVA {
        @Override
        boolean accept(byte[] key, byte[] message, byte[] signature) {
            return acceptBy(Security.getProvider("SunEC"), key, message, signature);
        }
    },
    BOUNCY_CASTLE {
        @Override
        boolean accept(byte[] key, byte[] message, byte[] signature) {
            return acceptBy(PROVIDER, key, message, signature);
        }
    };

    private static final Provider PROVIDER = new BouncyCastleProvider();

    abstract boolean accept(byte[] key, byte[] message, byte[] signature);

    private static boolean acceptBy(Provider provider, byte[] key, byte[] message, byte[] signature) {
        byte[] x509 = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key));
        try {
            Signature check = Signature.getInstance("Ed25519", provider);
            check.initVerify(KeyFactory.getInstance("Ed25519", provider).generatePublic(new X509EncodedKeySpec(x509)));
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException refused) {
            return false;
        }
    }
}
