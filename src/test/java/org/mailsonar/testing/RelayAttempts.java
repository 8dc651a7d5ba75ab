package org.mailsonar.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * The classic ways to try whether a host relays, for a host that takes mail for {@link #OURS} alone. Each must be refused, whatever the
 * sender.
 */
public final class RelayAttempts {

    /** The one recipient that is taken. */
    public static final String OURS = "webscout@company.test";

    private static final String STRANGER = "stranger@elsewhere.test";

    /**
     * One try.
     *
     * @param sender what stands between the brackets of MAIL FROM, may be empty
     * @param recipient what stands between the brackets of RCPT TO, may be empty
     */
    public record Attempt(String sender, String recipient) {}

    private static final List<String> RECIPIENTS = List.of(
            "user@elsewhere.test",
            "USER@ELSEWHERE.TEST",
            "WebScout@Elsewhere.Test",
            "webscout@mail.company.test",
            "webscout@company.test.elsewhere.test",
            "webscout@elsewhere.test",
            "@company.test:user@elsewhere.test",
            "@company.test,@relay.test:user@elsewhere.test",
            "@elsewhere.test:webscout@company.test",
            "@[127.0.0.1]:user@elsewhere.test",
            "user%elsewhere.test@company.test",
            "user%elsewhere.test@[127.0.0.1]",
            "user%elsewhere.test",
            "webscout%elsewhere.test@company.test",
            "webscout+user%elsewhere.test@company.test",
            "\"user@elsewhere.test\"@company.test",
            "\"user%elsewhere.test\"@company.test",
            "\"user@elsewhere.test\"",
            "\"user%elsewhere.test\"",
            "\"webscout@company.test\"@elsewhere.test",
            "\"webscout\"@elsewhere.test",
            "elsewhere.test!user",
            "elsewhere.test!user@company.test",
            "elsewhere.test!user@[127.0.0.1]",
            "company.test!elsewhere.test!user",
            "webscout+elsewhere.test!user@company.test",
            "user@[127.0.0.1]",
            "webscout@[127.0.0.1]",
            "webscout@[IPv6:::1]",
            "user@elsewhere.test@company.test",
            "webscout@company.test@elsewhere.test",
            "user@elsewhere.test%company.test",
            "webscout@company.test user@elsewhere.test",
            "user@elsewhere.test>@company.test",
            "webscout@company.test.",
            "user@elsewhere.test.",
            "user",
            "webscout",
            "webscout@",
            "@company.test",
            "@",
            "postmaster",
            "");

    private RelayAttempts() {}

    /** All of them. */
    public static List<Attempt> all() {
        List<Attempt> attempts = new ArrayList<>();
        RECIPIENTS.forEach(recipient -> attempts.add(new Attempt(STRANGER, recipient)));
        for (String sender : List.of("", OURS, "webscout@[127.0.0.1]", "user@elsewhere.test")) {
            attempts.add(new Attempt(sender, "user@elsewhere.test"));
            attempts.add(new Attempt(sender, "user%elsewhere.test@company.test"));
        }
        return List.copyOf(attempts);
    }
}
