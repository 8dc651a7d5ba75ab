package org.mailsonar.report.daily;

import gg.jte.ContentType;
import java.util.Locale;

/** What a report looks like. */
public enum ReportFormat {
    /** For a terminal, and for mail: at most 100 columns. */
    TEXT(ContentType.Plain, "text/plain"),
    /** One file for a browser, with pictures. */
    HTML(ContentType.Html, "text/html"),
    /** One long table of single figures (RFC 4180). */
    CSV(ContentType.Plain, "text/csv");

    private final ContentType content;
    private final String mediaType;

    ReportFormat(ContentType content, String mediaType) {
        this.content = content;
        this.mediaType = mediaType;
    }

    /** What a template's expressions are escaped for. */
    ContentType content() {
        return content;
    }

    /** Its media type, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** Its name on a command line and in a file: {@code text}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a name.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static ReportFormat of(String text) {
        for (ReportFormat format : values()) {
            if (format.text().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no format of a report; write text, html or csv");
    }
}
