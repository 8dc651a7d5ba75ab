package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The ways of one kind of directory. Thread-safe, but {@link #isCandidate} and the sweep belong to one thread. */
sealed interface MailDirectory extends AutoCloseable permits Spool, Maildir, Drop {

    /** The directories in which files are swept up, in this order. */
    List<Path> places();

    /** Those of them in which new files appear. */
    List<Path> watched();

    /**
     * Makes sure that all is there that belongs to us; called at the start and whenever a place is missing.
     *
     * @throws IOException when it cannot be done now
     */
    void prepare() throws IOException;

    /** Whether a file may be a mail to handle, as far as can be told without opening it. */
    boolean isCandidate(Path file);

    /** What a mail is called as long as it exists, wherever it is moved to. */
    String key(Path file);

    /** Looks at a file; where the directory is ours, it is taken out of strangers' reach first. */
    Look look(Path file) throws IOException;

    /** Where a file is now that was there some time ago. */
    Path whereabouts(Path file) throws IOException;

    /** Whether what is unwanted is deleted. */
    boolean deletesUnwanted();

    /** An unwanted mail stays where it is; it is not looked at again. */
    void leave(Look.Mail mail);

    /** Where failed mail is kept. */
    Path failed();

    /** A sweep begins. */
    void sweepBegins() throws IOException;

    /** A sweep has seen every file. */
    void sweepEnds();

    @Override
    void close();
}
