package org.mailsonar.roundtrip.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.roundtrip.evidence.HeaderText.Token;

/**
 * Reads one {@code Received} field: the clauses of RFC 5321 §4.4, and what Postfix, Exim, Exchange, Gmail, qmail, Sendmail, OpenSMTPD and
 * Dovecot put into comments beside them. For one field.
 */
final class ReceivedLine {

    private static final int LONGEST = 4000;
    private static final List<String> CLAUSES = List.of("from", "by", "with", "id", "via", "for", "tls");

    private static final Pattern TLS_VERSION =
            Pattern.compile("\\b(TLS|SSL) ?v?(\\d)(?:[._](\\d))?(?!\\d)", Pattern.CASE_INSENSITIVE);

    /** RFC 3848 §1, RFC 6531 §4.3: the S stands for TLS. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("(?:UTF8)?[EL]?[SL]MTPSA?|HTTPS", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> words = new HashMap<>();
    private String clause = "";
    private String tls = "";

    private ReceivedLine() {}

    /** The hop that a field's value tells, without a step. */
    static Hop parse(String value) {
        String text = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        int semicolon = text.lastIndexOf(';');
        ReceivedLine line = new ReceivedLine();
        HeaderText.tokens(semicolon < 0 ? text : text.substring(0, semicolon)).forEach(line::read);
        String date = semicolon < 0 ? "" : text.substring(semicolon + 1);
        return new Hop(
                MailDate.parse(date).orElse(null),
                line.word("from"),
                line.word("by"),
                line.protocol(),
                line.tls(),
                line.word("id"),
                null,
                null);
    }

    private void read(Token token) {
        String text = token.text();
        if (token.isComment()) {
            comment(text);
        } else if (CLAUSES.contains(text.toLowerCase(Locale.ROOT))) {
            clause = text.toLowerCase(Locale.ROOT);
        } else if (clause.equals("with")) {
            words.merge(clause, text, (before, next) -> before + " " + next);
        } else {
            words.putIfAbsent(clause, text);
        }
    }

    private void comment(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        boolean ofClient = clause.equals("from");
        if (ofClient && small.startsWith("helo ") && word("from").equals("unknown")) {
            words.put("from", text.substring("helo ".length())); // qmail, of a client without a name in DNS
        }
        if (clause.isEmpty() && small.startsWith("qmail ")) {
            words.put("with", "qmail"); // it notes each of its own steps too
        }
        // What stands behind the client's name may be the client's own words; only Postfix tells of TLS there.
        if (tls.isEmpty() && (!ofClient || small.startsWith("using "))) {
            tls = tlsIn(small);
        }
    }

    private static String tlsIn(String comment) {
        Matcher version = TLS_VERSION.matcher(comment);
        if (version.find()) {
            String minor = version.group(3) == null ? "" : "." + version.group(3);
            return version.group(1).toUpperCase(Locale.ROOT) + "v" + version.group(2) + minor;
        }
        return comment.endsWith(" encrypted") ? "TLS" : "";
    }

    private String tls() {
        boolean isTold =
                words.containsKey("tls") || ENCRYPTED.matcher(word("with")).matches();
        return tls.isEmpty() && isTold ? "TLS" : tls;
    }

    private String protocol() {
        String protocol = word("with");
        boolean isMailProtocol =
                protocol.indexOf(' ') < 0 && protocol.toLowerCase(Locale.ROOT).contains("mtp");
        return isMailProtocol ? protocol.toUpperCase(Locale.ROOT) : protocol;
    }

    private String word(String name) {
        return words.getOrDefault(name, "");
    }
}
