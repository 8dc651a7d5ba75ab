package org.mailsonar.roundtrip.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;

/**
 * What one message's header tells of its way.
 *
 * @param hops oldest first
 * @param authentication what trusted servers found out about the sender
 * @param spam what spam filters thought
 */
public record Passage(List<Hop> hops, List<AuthenticationResult> authentication, List<SpamSign> spam) {

    /** Of a header that is not there. */
    public static final Passage NONE = new Passage(List.of(), List.of(), List.of());

    private static final int LONGEST_HEADER = 64 * 1024;
    private static final int MOST_HOPS = 50;

    /** Where there is too much to tell: so much about sender and spam, before hops are left out. */
    private static final int MOST_BESIDE_HOPS = 4;

    public Passage {
        hops = List.copyOf(hops);
        authentication = List.copyOf(authentication);
        spam = List.copyOf(spam);
    }

    /**
     * Reads a header, 64 KiB of it and its 50 newest hops at most.
     *
     * @param longest how long the way took, so that no step can have been longer
     * @param trusted authserv-ids in lower case
     */
    static Passage read(MailMessage message, Duration longest, Set<String> trusted) {
        List<Header> fields = start(message.headers());
        List<Hop> newestFirst = fields.stream()
                .filter(field -> field.is("Received"))
                .limit(MOST_HOPS)
                .map(field -> ReceivedLine.parse(field.value()))
                .toList();
        return new Passage(
                steps(newestFirst.reversed(), longest),
                AuthenticationResult.read(fields.stream(), trusted),
                SpamSign.read(fields.stream()));
    }

    private static List<Header> start(List<Header> headers) {
        int length = 0;
        for (int i = 0; i < headers.size(); i++) {
            length += headers.get(i).name().length() + headers.get(i).rawValue().length();
            if (length > LONGEST_HEADER) {
                return headers.subList(0, i);
            }
        }
        return headers;
    }

    private static List<Hop> steps(List<Hop> hops, Duration longest) {
        List<Hop> steps = new ArrayList<>(hops.size());
        Instant before = null;
        for (Hop hop : hops) {
            steps.add(hop.after(before, longest));
            before = hop.time() == null ? before : hop.time();
        }
        return steps;
    }

    /** How many entries there are. */
    int size() {
        return hops.size() + authentication.size() + spam.size();
    }

    /** The same with one entry less: one about spam or sender while there are many of those, else the hop in the middle. */
    Passage smaller() {
        if (spam.size() + authentication.size() > MOST_BESIDE_HOPS || hops.isEmpty()) {
            return spam.size() > authentication.size()
                    ? new Passage(hops, authentication, spam.subList(0, spam.size() - 1))
                    : new Passage(hops, authentication.subList(0, authentication.size() - 1), spam);
        }
        List<Hop> fewer = new ArrayList<>(hops);
        fewer.remove(hops.size() / 2);
        return new Passage(fewer, authentication, spam);
    }
}
