package org.mailsonar.relay;

import java.util.List;
import java.util.Locale;

/**
 * What a server offered in its reply to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param sizeLimit the longest message it takes, in bytes; 0 where it names no limit, -1 where it does not know SIZE
 */
record ServerFeatures(
        boolean pipelining,
        boolean eightBitMime,
        boolean smtpUtf8,
        boolean startTls,
        boolean authPlain,
        boolean authLogin,
        long sizeLimit) {

    /** What a server can do that knows HELO only. */
    static final ServerFeatures NONE = new ServerFeatures(false, false, false, false, false, false, -1);

    /** Reads the reply's lines; the first one is the server's name. Unknown and malformed lines are passed over. */
    static ServerFeatures of(List<String> lines) {
        boolean pipelining = false;
        boolean eightBitMime = false;
        boolean smtpUtf8 = false;
        boolean startTls = false;
        String mechanisms = "";
        long sizeLimit = -1;
        for (String line : lines.subList(1, lines.size())) {
            String offer = line.strip().toUpperCase(Locale.ROOT);
            switch (keyword(offer)) {
                case "PIPELINING" -> pipelining = true;
                case "8BITMIME" -> eightBitMime = true;
                case "SMTPUTF8" -> smtpUtf8 = true;
                case "STARTTLS" -> startTls = true;
                case "SIZE" -> sizeLimit = number(offer);
                case "AUTH" -> mechanisms = mechanisms + offer.substring(4).replace('=', ' ') + " ";
                default -> {}
            }
        }
        boolean authPlain = mechanisms.contains(" PLAIN ");
        boolean authLogin = mechanisms.contains(" LOGIN ");
        return new ServerFeatures(pipelining, eightBitMime, smtpUtf8, startTls, authPlain, authLogin, sizeLimit);
    }

    /** The first word; old servers wrote {@code AUTH=LOGIN} for {@code AUTH LOGIN}. */
    private static String keyword(String offer) {
        int end = 0;
        while (end < offer.length() && offer.charAt(end) != ' ' && offer.charAt(end) != '=') {
            end++;
        }
        return offer.substring(0, end);
    }

    /** RFC 1870 allows twenty digits; what is no number is no limit. */
    private static long number(String offer) {
        String digits = offer.substring(4).strip();
        if (digits.isEmpty() || digits.length() > 18) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
