package org.mailsonar.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.ProbeRecord;

/**
 * A target's probes, read a page at a time. No connection is held while the reader looks at one, so a slow reader, such as a pager
 * that somebody left open, keeps nobody waiting.
 */
final class ProbePages {

    private static final int PAGE = 500;

    private final Access access;
    private final String target;

    ProbePages(Access access, String target) {
        this.access = access;
        this.target = target;
    }

    /** Oldest first, those sent at or after an instant. */
    void each(@Nullable Instant since, Consumer<ProbeRecord> reader) {
        long sent = since == null ? Long.MIN_VALUE : ceiling(since);
        String id = "";
        List<ProbeRecord> page;
        do {
            page = page(sent, id);
            page.forEach(reader);
            if (!page.isEmpty()) {
                sent = Micros.of(page.getLast().sent());
                id = page.getLast().id().text();
            }
        } while (page.size() == PAGE);
    }

    private List<ProbeRecord> page(long sent, String id) {
        return access.read(handle -> handle.createQuery(LedgerSql.PAGE)
                .bind("target", target)
                .bind("sent", sent)
                .bind("id", id)
                .bind("most", PAGE)
                .map((row, context) -> ProbeRow.read(row))
                .list());
    }

    /** What is finer than the database knows is not before the instant. */
    private static long ceiling(Instant since) {
        long micros = Micros.of(since);
        return since.isAfter(Micros.toInstant(micros)) ? micros + 1 : micros;
    }
}
