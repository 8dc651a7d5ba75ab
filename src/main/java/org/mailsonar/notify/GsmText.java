package org.mailsonar.notify;

import java.text.Normalizer;

/**
 * Text in the alphabet of 7 bits that every telephone has (GSM 03.38 §6.2.1), so that 160 characters go into one message. With a
 * single other character there would be 70.
 */
final class GsmText {

    private static final String ONE_SEPTET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String TWO_SEPTETS = "^{}\\[~]|€";

    private GsmText() {}

    /**
     * What a notice says in so many messages.
     *
     * @param segments 1 is 160 septets, more are 153 each, since they say how they belong together
     */
    static String of(Notice notice, int segments) {
        int room = segments == 1 ? 160 : 153 * segments;
        int most = room;
        String text = alphabet(Texts.line(notice, most));
        while (septets(text) > room) {
            most -= septets(text) - room;
            text = alphabet(Texts.line(notice, most));
        }
        return text;
    }

    /** How much room a text of this alphabet takes. */
    static int septets(String text) {
        return text.length()
                + (int) text.chars().filter(c -> TWO_SEPTETS.indexOf(c) >= 0).count();
    }

    /** Letters lose the accents that the alphabet does not have; what is still not in it becomes a question mark. */
    static String alphabet(String text) {
        StringBuilder known = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String letter = Character.toString(c);
            if (isKnown(letter)) {
                known.append(letter);
                return;
            }
            String bare = Normalizer.normalize(letter, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
            known.append(
                    !bare.isEmpty() && bare.codePoints().allMatch(b -> isKnown(Character.toString(b))) ? bare : "?");
        });
        return known.toString();
    }

    private static boolean isKnown(String letter) {
        return ONE_SEPTET.contains(letter) || TWO_SEPTETS.contains(letter);
    }
}
