package org.mailsonar.intake.directory;

import java.nio.file.Path;
import org.mailsonar.message.EmailAddress;

/**
 * What a watched directory is and how it is worked on. Immutable.
 *
 * @param kind who puts mail there, and how
 * @param directory the directory, absolute
 * @param ownAddress whose mail this is when a file does not tell
 * @param maxMessageSize how many bytes of a file are read, 1 or more; a message of more is marked as truncated
 * @param concurrent how many files are handled at a time, 1 or more
 * @param times how long is waited for what
 */
public record DirectorySettings(
        Kind kind, Path directory, EmailAddress ownAddress, int maxMessageSize, int concurrent, DirectoryTimes times) {

    private static final int CONCURRENT = 16;

    /** Who puts mail into a directory, and how; see the package's page. */
    public enum Kind {
        /** Mailsonar's own: {@code email_return} hands mail over there. All that is in it is ours. */
        SPOOL,
        /** A Maildir that a mail server delivers to, and that a person may read as well. */
        MAILDIR,
        /** The Drop directory of an IIS or Exchange server: {@code *.eml} files. */
        DROP;

        /** The word for it in configurations, logs and as a mail's client. */
        public String word() {
            return switch (this) {
                case SPOOL -> "spool";
                case MAILDIR -> "maildir";
                case DROP -> "drop";
            };
        }
    }

    public DirectorySettings {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("a watched directory is named by its absolute path, not " + directory);
        }
        if (maxMessageSize < 1 || concurrent < 1) {
            throw new IllegalArgumentException("message size and number of files at a time are 1 or more");
        }
    }

    /** A directory with sixteen files at a time and the usual times. */
    public static DirectorySettings of(Kind kind, Path directory, EmailAddress ownAddress, int maxMessageSize) {
        return new DirectorySettings(kind, directory, ownAddress, maxMessageSize, CONCURRENT, DirectoryTimes.USUAL);
    }

    /** The same with other times. */
    public DirectorySettings with(DirectoryTimes otherTimes) {
        return new DirectorySettings(kind, directory, ownAddress, maxMessageSize, concurrent, otherTimes);
    }

    /** What it is called in logs: {@code spool:/var/spool/mailsonar}. */
    public String describe() {
        return kind.word() + ":" + directory;
    }
}
