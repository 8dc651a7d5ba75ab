package org.mailsonar.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailsonar.intake.mailbox.MailboxVisit;
import org.mailsonar.intake.mailbox.MailboxVisit.Letter;
import org.mailsonar.intake.mailbox.VisitException;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenFinder;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.probe.Verification;

/**
 * The messages of a test account that a visit shows: finds the probe that is waited for, and says which others may go. What the site's key
 * has not signed for this account is never touched.
 */
final class ProbeMailbox {

    /** What an earlier run left behind is removed after so many of its time-outs: whoever waited for it does not any more. */
    private static final int LEFT_BEHIND = 3;

    /** And not before that long, since clocks of several monitors differ. */
    private static final Duration LEAST_LEFT_BEHIND = Duration.ofMinutes(10);

    /** No probe of ours is too old to be known as ours. */
    private static final Duration ANY_AGE = Duration.ofDays(100_000);

    private final TokenVerifier verifier;
    private final EmailAddress from;
    private final Duration leftBehind;

    /**
     * Of a store.
     *
     * @param timeout how long a mail is waited for
     */
    ProbeMailbox(TrustedKey key, Store store, EmailAddress from, Duration timeout) {
        this.verifier = new TokenVerifier(List.of(key), store.account()::equals, ANY_AGE);
        this.from = from;
        Duration longest = timeout.multipliedBy(LEFT_BEHIND);
        this.leftBehind = longest.compareTo(LEAST_LEFT_BEHIND) > 0 ? longest : LEAST_LEFT_BEHIND;
    }

    /** Deletes the probe if it is there, and what was left behind. */
    boolean take(MailboxVisit visit, List<Letter> letters, ProbeId wanted, Instant now) throws VisitException {
        boolean found = false;
        for (Letter letter : letters) {
            if (TokenFinder.find(letter.message(), verifier, now) instanceof Verification.Valid valid
                    && isOfThisSite(valid.token())) {
                boolean isWanted = valid.token().id().equals(wanted);
                found |= isWanted;
                if (isWanted || valid.token().sent().isBefore(now.minus(leftBehind))) {
                    visit.delete(letter);
                }
            }
        }
        return found;
    }

    /** Round trips that the same monitor measures have another place for returns. */
    private boolean isOfThisSite(ProbeToken token) {
        return token.returnTo().equals(from);
    }
}
