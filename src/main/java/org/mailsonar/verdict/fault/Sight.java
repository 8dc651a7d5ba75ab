package org.mailsonar.verdict.fault;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble;

/**
 * One thing that was seen: a leg of a path run, or a directed check.
 *
 * @param part what was tried
 * @param machine of which machine; on the way it is the MTA that had taken the mail
 * @param store whose account; null for none
 * @param state what came of it
 * @param trouble how it failed; null where it did not
 * @param at when
 * @param isDirected whether it was looked at on purpose
 * @param words what was said about it, for people
 */
record Sight(
        Part part,
        String machine,
        @Nullable String store,
        State state,
        @Nullable Trouble trouble,
        Instant at,
        boolean isDirected,
        String words) {

    /** What was tried. */
    enum Part {
        /** A connection and no more. */
        CONNECT,
        /** Mail was submitted, or would have been. */
        SUBMIT,
        /** The mail went from MTA to store. */
        ARRIVAL,
        /** Mail was fetched by a proxy, or it was logged in there. */
        RETRIEVE,
        /** It was logged in at the store itself. */
        STORE,
        /** A directory server was asked. */
        DIRECTORY,
        /** The queue of an MTA was looked at. */
        QUEUE
    }

    /** What came of it. */
    enum State {
        GOOD,
        SLOW,
        FAILED
    }

    /** How servers say that a disk, a queue or a mailbox is full (RFC 5321 §4.2.3, RFC 3463 §3.3, §3.4). */
    private static final Pattern FULL = Pattern.compile("[ -](452|552|[45]\\.3\\.1|[45]\\.2\\.2) |insufficient|quota");

    /** How they say that they themselves do not want to, for now: by a rule, or since they have too much to do (RFC 3463 §3.8). */
    private static final Pattern UNWILLING =
            Pattern.compile("[ -][45]\\.7\\.[0-9]+ |gr[ea]ylist|policy|relay access|too many|too busy");

    /** How they say that they could not find out, since somebody else did not tell them (RFC 3463 §3.4, §3.5). */
    private static final Pattern UNTOLD =
            Pattern.compile("[ -]4\\.(3\\.[0-9]+|4\\.3) |look-?up|directory server|ldap error"
                    + "|temporary (local|system|authentication failure)");

    /** Whether the machine says that it has no room. */
    boolean saysFull() {
        return says(FULL);
    }

    /** Whether the machine says that it could, and by a rule of its own does not. */
    boolean saysUnwilling() {
        return says(UNWILLING);
    }

    /** Whether the machine says that it asked somebody and got no answer. */
    boolean saysUntold() {
        return says(UNTOLD);
    }

    private boolean says(Pattern phrases) {
        return state == State.FAILED
                && phrases.matcher(" " + words.toLowerCase(Locale.ROOT) + " ").find();
    }

    boolean isGood() {
        return state == State.GOOD;
    }

    boolean isAt(String otherMachine) {
        return machine.equals(otherMachine);
    }

    /** Whether this monitor itself spoke to the machine, or tried to. */
    boolean isDirect() {
        return part != Part.ARRIVAL && part != Part.QUEUE;
    }

    boolean failedAt(Trouble.Stage stage) {
        return trouble != null && state == State.FAILED && trouble.stage() == stage;
    }

    boolean failedBy(Trouble.Kind kind) {
        return trouble != null && state == State.FAILED && trouble.kind() == kind;
    }

    /** Whether the machine answered from somewhere: it took a connection, or refused it. */
    boolean isAnswered() {
        return state != State.FAILED
                || (trouble != null
                        && trouble.stage().compareTo(Trouble.Stage.CONNECT) > 0
                        && !failedAt(Trouble.Stage.GREETING));
    }
}
