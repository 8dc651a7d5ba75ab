package org.mailsonar.cli;

/** How results are printed. */
enum OutputFormat {
    /** A line for people, and more below it where they want to know. */
    TEXT,
    /** One JSON object on one line. */
    JSON,
    /** The line of a monitoring plugin, with performance data. */
    NAGIOS;

    /** The format that {@code --format} names. */
    static OutputFormat named(String name) throws Command.UsageException {
        return switch (name) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "nagios" -> NAGIOS;
            default -> throw new Command.UsageException("--format is text, json or nagios, not '" + name + "'");
        };
    }
}
