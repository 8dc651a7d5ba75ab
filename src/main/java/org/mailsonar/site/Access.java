package org.mailsonar.site;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxSettings;

/**
 * A place where customers fetch mail.
 *
 * @param url {@code imap://}, {@code imaps://}, {@code pop3://} or {@code pop3s://}, without user and password
 * @param caFile the authorities to trust; null for those that Java trusts
 */
public record Access(String url, @Nullable Path caFile) {

    private static final int LARGEST_PROBE = 256 * 1024;

    /**
     * The mailbox of a store's test account at this place.
     *
     * @throws IllegalArgumentException when the URL is none of a mailbox, or the login would be sent unencrypted; says what would be right
     */
    public MailboxSettings mailbox(Store store) {
        return MailboxSettings.parse(url, store.login(), LARGEST_PROBE, store.account())
                .trusting(caFile);
    }

    /** The protocol's name: {@code imaps}. */
    public String protocol() {
        return url.substring(0, Math.max(0, url.indexOf(':')));
    }
}
