package org.mailsonar.roundtrip.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.mailsonar.message.Header;

/**
 * What a spam filter on the way noted in a header field.
 *
 * @param name the field's name, as it is written
 * @param value its value, cut at 160 characters
 */
public record SpamSign(String name, String value) {

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_VALUE = 160;
    private static final int MOST = 12;

    /** SpamAssassin and those that write as it does, rspamd, Exchange, Exchange Online. */
    private static final Set<String> NAMES = Set.of(
            "x-spam-status",
            "x-spam-flag",
            "x-spam-score",
            "x-spam-level",
            "x-spam",
            "x-spamd-bar",
            "x-spamd-result",
            "x-ms-exchange-organization-scl",
            "x-forefront-antispam-report",
            "x-microsoft-antispam");

    private static final String RSPAMD = "x-rspamd-";

    public SpamSign {
        name = Plain.text(name, LONGEST_NAME);
        value = Plain.text(value, LONGEST_VALUE);
    }

    /** The notes among these fields, 12 at most. */
    static List<SpamSign> read(Stream<Header> fields) {
        return fields.filter(SpamSign::isSign)
                .limit(MOST)
                .map(field -> new SpamSign(field.name(), field.value()))
                .toList();
    }

    private static boolean isSign(Header field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || name.startsWith(RSPAMD);
    }
}
