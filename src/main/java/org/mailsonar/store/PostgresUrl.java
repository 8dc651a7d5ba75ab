package org.mailsonar.store;

import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.LedgerException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL is.
 *
 * @param text the whole URL for the driver; it holds no secret
 * @param shown the part of it that names host and database, for people
 * @param database the database's name
 * @param user who connects
 */
record PostgresUrl(String text, String shown, String database, String user) {

    static final String SCHEME = "jdbc:postgresql:";

    private static final String HOST = "(\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(:\\d{1,5})?";
    private static final String NAME = "(%\\p{XDigit}{2}|[^/?%@:&\\s])+";
    private static final String SETTINGS = "(%\\p{XDigit}{2}|[^%\\s])*";

    /** Stricter than the driver, which logs what it does not understand, and that may be a password in a wrong place. */
    private static final Pattern FORM =
            Pattern.compile(SCHEME + "//" + HOST + "(," + HOST + ")*/" + NAME + "(\\?" + SETTINGS + ")?");

    private static final Set<String> SECRETS = Set.of("password", "sslpassword");

    /**
     * Reads a URL.
     *
     * @throws LedgerException when the driver does not understand it, or it holds a password, which is not shown
     */
    static PostgresUrl parse(String text) {
        int end = text.indexOf('?');
        String place = end < 0 ? text : text.substring(0, end);
        Properties settings = FORM.matcher(text).matches() ? Driver.parseURL(text, null) : null;
        if (settings == null) {
            throw wrong("jdbc:postgresql:…", "cannot be read; write jdbc:postgresql://host:5432/database?user=name");
        }
        for (String name : settings.stringPropertyNames()) {
            if (SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
                throw wrong(
                        place,
                        "has a password in its URL, where everybody sees it; say passwordFile or passwordEnv instead");
            }
        }
        String user = PGProperty.USER.getOrDefault(settings);
        String database = PGProperty.PG_DBNAME.getOrDefault(settings);
        return new PostgresUrl(
                text,
                OneLine.printable(place),
                database == null ? "" : OneLine.printable(database),
                user == null ? System.getProperty("user.name", "?") : OneLine.printable(user));
    }

    private static LedgerException wrong(String shown, String whatAndRemedy) {
        return new LedgerException("database " + OneLine.printable(shown) + ": " + whatAndRemedy, null);
    }
}
