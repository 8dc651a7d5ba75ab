package org.mailsonar.store;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger.Paper;

/** The texts that are kept beside probes, packed. Thread-safe. */
final class Papers {

    private static final int LONGEST = 16_000;

    private final Access access;

    Papers(Access access) {
        this.access = access;
    }

    /** Keeps a text; what is too long is cut off. {@code key} is the probe's, for the {@link GroupWriter}. */
    void keep(String key, ProbeId id, Paper kind, String text) {
        byte[] packed = PackedText.pack(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        access.write(
                key,
                handle -> handle.createUpdate(LedgerSql.KEEP)
                        .bind("id", id.text())
                        .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                        .bind("text", packed)
                        .execute());
    }

    Map<Paper, String> of(ProbeId id) {
        Map<Paper, String> papers = new EnumMap<>(Paper.class);
        access.read(handle -> handle.createQuery(LedgerSql.PAPERS)
                        .bind("id", id.text())
                        .map((row, context) -> Map.entry(
                                Paper.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                                PackedText.unpack(row.getBytes("text"))))
                        .list())
                .forEach(paper -> papers.put(paper.getKey(), paper.getValue()));
        return papers;
    }
}
