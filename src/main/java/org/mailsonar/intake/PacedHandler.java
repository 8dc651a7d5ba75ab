package org.mailsonar.intake;

import java.util.Optional;
import java.util.function.Function;
import org.mailsonar.time.TimeSource;

/**
 * Lets through a number of messages in any minute and defers those beyond, which come again: whoever floods a listener does not flood
 * what stands behind it. Thread-safe.
 */
public final class PacedHandler implements MailHandler {

    /** Beyond these the client that was not seen for longest is forgotten; 2 MB of memory. */
    private static final int MOST_CLIENTS = 10_000;

    private static final Optional<ClientNetwork> EVERYBODY = Optional.of(new ClientNetwork(""));

    private final MailHandler handler;
    private final RateLimit<ClientNetwork> limit;
    private final Function<ReceivedMail, Optional<ClientNetwork>> counted;
    private final String reason;
    private final String whose;

    private PacedHandler(
            MailHandler handler,
            RateLimit<ClientNetwork> limit,
            Function<ReceivedMail, Optional<ClientNetwork>> counted,
            String reason,
            String whose) {
        this.handler = handler;
        this.limit = limit;
        this.counted = counted;
        this.reason = reason;
        this.whose = whose;
    }

    /** A handler that lets {@code handler} have so many messages in any minute. */
    public static PacedHandler overall(MailHandler handler, int perMinute, TimeSource time) {
        return new PacedHandler(
                handler, new RateLimit<>(perMinute, 1, time), mail -> EVERYBODY, "rate_overall", "messages");
    }

    /**
     * A handler that lets {@code handler} have so many messages of each client in any minute. A client is an IPv4 address or a /64 of
     * IPv6. What no client of the network has brought, such as a file, is let through.
     */
    public static PacedHandler perClient(MailHandler handler, int perMinute, TimeSource time) {
        return new PacedHandler(
                handler,
                new RateLimit<>(perMinute, MOST_CLIENTS, time),
                mail -> ClientNetwork.of(mail.client()),
                "rate_client",
                "messages of this client");
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        Optional<ClientNetwork> who = counted.apply(mail);
        return who.isEmpty() || limit.allows(who.get())
                ? handler.handle(mail)
                : new Disposition.Deferred(
                        "more than " + limit.perMinute() + " " + whose + " in a minute; try again later",
                        Disposition.Detail.of(reason));
    }
}
