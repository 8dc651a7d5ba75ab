package org.mailsonar.site;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxLogin;
import org.mailsonar.message.EmailAddress;

/**
 * A machine on which mail lies, and the account on it that is kept for tests.
 *
 * @param name what the site calls it
 * @param account the address of the test account
 * @param login who logs in to it
 * @param direct where the store itself listens; null where it is reached by proxies alone
 * @param directories the names of the directory servers that it asks
 */
public record Store(
        String name,
        EmailAddress account,
        MailboxLogin.Password login,
        @Nullable Access direct,
        List<String> directories) {

    public Store {
        directories = List.copyOf(directories);
    }
}
