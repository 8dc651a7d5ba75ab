package org.mailsonar.intake.smtp;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a PEM file (RFC 7468): a label and the bytes under it. What stands between blocks is explanation. */
final class PemText {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** One block; its bytes may be secret. */
    static final class Block {

        private final String label;
        private final byte[] bytes;

        private Block(String label, byte[] bytes) {
            this.label = label;
            this.bytes = bytes;
        }

        String label() {
            return label;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private PemText() {}

    /**
     * All blocks in their order.
     *
     * @param file where the text comes from, for the complaint
     * @throws TlsFileException if a block is cut or damaged
     */
    static List<Block> blocks(Path file, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
            String label = labelEnd < 0 ? "" : text.substring(begin + BEGIN.length(), labelEnd);
            int start = labelEnd + DASHES.length();
            int end = labelEnd < 0 ? -1 : text.indexOf(END + label + DASHES, start);
            if (end < 0) {
                throw new TlsFileException(file, "is cut: a BEGIN line has no END line; copy it anew");
            }
            blocks.add(new Block(label, decode(file, text.substring(start, end))));
            begin = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static byte[] decode(Path file, String base64) {
        // Old openssl puts fields such as "Proc-Type: 4,ENCRYPTED" before the base64 (RFC 1421 §4.6).
        if (base64.contains("ENCRYPTED")) {
            throw encrypted(file);
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new TlsFileException(
                    file, "is damaged: the base64 between BEGIN and END cannot be read; copy it anew");
        }
    }

    static TlsFileException encrypted(Path file) {
        return new TlsFileException(
                file, "is encrypted, and nobody is there to be asked; run: openssl pkey -in " + file + " -out NEW");
    }
}
