package org.mailsonar.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Texts about probes in few bytes: they are many and resemble each other, so they are deflated (RFC 1951) with a dictionary of what
 * stands in nearly all of them. The first byte is the dictionary's number; what was packed with an old one stays readable.
 */
final class PackedText {

    private static final byte FIRST = 1;

    /** Never to be changed, as what is packed needs it: another one gets another number. The likeliest stands at the end. */
    private static final byte[] DICTIONARY =
            ("\"server\":\"method\":\"dmarc\"\"dkim\"\"result\":\"fail\"\"none\"softfail"
                            + "\"properties\"header.from=header.d=header.s=smtp.mailfrom=\"spam\":[{\"name\":\"X-Spam-Status\","
                            + "\"value\":\"No, score=\"X-Spam-Flag\",\"value\":\"NO\"\"skewed\":true}\"flag\":\"TLSv1.2\"ESMTPSA\"LMTP\""
                            + "< 421 < 450 4.2.0 < 451 4.3.0 < 550 5.7.1 5.1.1 Greylisted, try again later> STARTTLS\n"
                            + "< 220 2.0.0 Ready to start TLS\n< 250-AUTH PLAIN LOGIN\n< 250-ETRN\n< 250-VRFY\n< 250-DSN\n< 250-HELP\n"
                            + "< 250-ENHANCEDSTATUSCODES\n< 250-CHUNKING\n< 220  ESMTP Postfix\n> EHLO \n< 250-\n< 250-PIPELINING\n"
                            + "< 250-SIZE 10240000\n< 250-STARTTLS\n< 250-8BITMIME\n< 250 SMTPUTF8\n> MAIL FROM:<probe+@ SIZE=\n"
                            + "< 250 2.1.0 Ok\n> RCPT TO:<@>\n< 250 2.1.5 Ok\n> DATA\n< 354 End data with <CR><LF>.<CR><LF>\n> .\n"
                            + "< 250 2.0.0 Ok: queued as \n> QUIT\n< 221 2.0.0 Bye\n"
                            + "{\"there\":{\"hops\":[{\"time\":179,\"from\":\"localhost [127.0.0.1]\",\"by\":\"mail.\",\"with\":\"SMTP\","
                            + "\"with\":\"ESMTPS\",\"tls\":\"TLSv1.3\",\"id\":\"\",\"step\":0},{\"time\":179\"with\":\"ESMTP\",\"id\":\"4"
                            + "\"step\":1000}],\"auth\":[{\"server\":\"\",\"method\":\"spf\",\"result\":\"pass\",\"on\":\"smtp.mailfrom="
                            + "\"}]},\"back\":{\"hops\":[{\"time\":179}]},\"legs\":{\"stamp\":179,\"agent\":\"\",\"there\":,\"back\":,"
                            + "\"skewed\":false}}")
                    .getBytes(StandardCharsets.UTF_8);

    private PackedText() {}

    static byte[] pack(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2 + 16);
            packed.write(FIRST);
            byte[] buffer = new byte[4_096];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        }
    }

    /**
     * The text again.
     *
     * @throws IllegalArgumentException when these are no bytes that {@link #pack} made
     */
    static String unpack(byte[] packed) {
        if (packed.length == 0 || packed[0] != FIRST) {
            throw new IllegalArgumentException("a text was packed by a newer Mailsonar, or is damaged");
        }
        try (Inflater inflater = new Inflater(true)) {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] buffer = new byte[4_096];
            while (!inflater.finished()) {
                int length = inflater.inflate(buffer);
                if (length == 0 && !inflater.finished() && inflater.needsInput()) {
                    throw new IllegalArgumentException("a packed text is cut off");
                }
                text.write(buffer, 0, length);
            }
            return text.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException("a packed text is damaged", damaged);
        }
    }
}
