package org.mailsonar.intake.smtp;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.FuzzInput;
import org.mailsonar.probe.TestKeys;

/** Fuzz target: whatever stands in a file of certificates or keys, it can be used or there is a complaint of one line. */
public final class TlsFilesFuzz {

    private static final Path FILE = Path.of("tls.pem");
    private static final PublicKey OWNER = TestKeys.pair("monitor").getPublic();

    private TlsFilesFuzz() {}

    /** One input: what stands in the file, after a letter that says what it is read as. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        boolean asKey = input.choose(2) == 1;
        byte[] content = input.rest();
        try {
            if (asKey) {
                Claim.same(
                        OWNER.getAlgorithm(),
                        PrivateKeyReader.read(FILE, content, OWNER).getAlgorithm(),
                        "a key");
            } else {
                checkBlocks(content);
            }
        } catch (TlsFileException refused) {
            String message = String.valueOf(refused.getMessage());
            Claim.oneLine(message, 400, "a complaint is one line");
            Claim.that(message.contains(FILE.toString()), "a complaint names the file", message);
        }
    }

    private static void checkBlocks(byte[] content) {
        List<PemText.Block> blocks = PemText.blocks(FILE, content);
        for (PemText.Block block : blocks) {
            Claim.that(block.bytes().length <= content.length, "decoding makes nothing longer", block.label());
        }
    }
}
