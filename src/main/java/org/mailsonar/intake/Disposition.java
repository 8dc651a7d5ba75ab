package org.mailsonar.intake;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message, in terms that every intake renders in its own dialect: an SMTP reply, a sysexits status, a
 * deleted or a kept file. Texts are one line for people and may be shown to the sender; they hold no secrets.
 *
 * <table>
 * <caption>How it is rendered</caption>
 * <tr><th>disposition</th><th>SMTP reply</th><th>pipe program</th></tr>
 * <tr><td>Accepted</td><td>250 2.0.0</td><td>0</td></tr>
 * <tr><td>Discarded</td><td>250 2.0.0</td><td>0</td></tr>
 * <tr><td>Unwanted</td><td>550 5.7.1</td><td>0 (a pipe cannot refuse without a bounce)</td></tr>
 * <tr><td>Failed</td><td>554 5.0.0</td><td>69, so that the mail system bounces</td></tr>
 * <tr><td>Deferred</td><td>451 4.3.0</td><td>75, so that the mail system tries again</td></tr>
 * </table>
 */
public sealed interface Disposition {

    /** One line for people. */
    String text();

    /** What it is about, for logs and counters. */
    Detail detail();

    /** The disposition's name in logs. */
    String name();

    /** Everything that was to be done with the message is done. */
    record Accepted(String text, Detail detail) implements Disposition {

        /** Without anything to count it by. */
        public Accepted(String text) {
            this(text, Detail.NONE);
        }

        @Override
        public String name() {
            return "accepted";
        }
    }

    /** Taken, and dropped on purpose without telling the sender. */
    record Discarded(String text, Detail detail) implements Disposition {

        /** Without anything to count it by. */
        public Discarded(String text) {
            this(text, Detail.NONE);
        }

        @Override
        public String name() {
            return "discarded";
        }
    }

    /** Not for us: refused where that is possible inside the dialogue, else dropped. It never causes a bounce of ours. */
    record Unwanted(String text, Detail detail) implements Disposition {

        /** Without anything to count it by. */
        public Unwanted(String text) {
            this(text, Detail.NONE);
        }

        @Override
        public String name() {
            return "unwanted";
        }
    }

    /** Ours, proven to be authentic, and failed for good: its sender shall learn the cause by a bounce. */
    record Failed(String text, Detail detail) implements Disposition {

        /** Without anything to count it by. */
        public Failed(String text) {
            this(text, Detail.NONE);
        }

        @Override
        public String name() {
            return "failed";
        }
    }

    /** Not now: the mail stays where it is and comes again. */
    record Deferred(String text, Detail detail) implements Disposition {

        /** Without anything to count it by. */
        public Deferred(String text) {
            this(text, Detail.NONE);
        }

        @Override
        public String name() {
            return "deferred";
        }
    }

    /**
     * What a disposition is about, for programs.
     *
     * @param reason one word of a small fixed set, lower case and underscores, such as {@code forged}; a label of counters, so never
     *     made of a stranger's text
     * @param probe the id of the proven probe; null where nothing is proven
     */
    record Detail(String reason, @Nullable String probe) {

        /** Nothing is known. */
        public static final Detail NONE = new Detail("other", null);

        /** A reason, of no known probe. */
        public static Detail of(String reason) {
            return new Detail(reason, null);
        }
    }
}
