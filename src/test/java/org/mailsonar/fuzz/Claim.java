package org.mailsonar.fuzz;

/** States a property; where it does not hold, the input is a finding. Cheap while it holds, since it is asked a million times. */
public final class Claim {

    private static final int LONGEST_SHOWN = 2000;

    private Claim() {}

    /** Breaks unless it is good. */
    public static void that(boolean good, String property) {
        if (!good) {
            throw new AssertionError(property);
        }
    }

    /** Breaks unless it is good, and shows what was seen. */
    public static void that(boolean good, String property, Object seen) {
        if (!good) {
            throw new AssertionError(property + ": " + visible(String.valueOf(seen)));
        }
    }

    /** Breaks unless both are equal. */
    public static void same(Object expected, Object seen, String property) {
        if (!expected.equals(seen)) {
            throw new AssertionError(property + ": expected " + visible(String.valueOf(expected)) + " and saw "
                    + visible(String.valueOf(seen)));
        }
    }

    /** Breaks unless the text is one line of at most so many characters, without controls. */
    public static void oneLine(String text, int longest, String property) {
        that(text.length() <= longest && text.chars().noneMatch(Character::isISOControl), property, text);
    }

    private static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_SHOWN); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > 126) {
                shown.append('<').append(Integer.toHexString(c)).append('>');
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
