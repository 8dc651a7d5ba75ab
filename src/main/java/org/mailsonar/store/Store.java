package org.mailsonar.store;

import java.time.Duration;
import java.time.Instant;
import org.mailsonar.check.CheckBook;
import org.mailsonar.notify.Outbox;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.site.PathBook;
import org.mailsonar.verdict.Situations;

/** One database with all that is kept in it. Thread-safe. */
public interface Store extends AutoCloseable {

    /** The probes. */
    Ledger ledger();

    /** When they are due. */
    Agenda agenda();

    /** Who sends them. */
    Attendance attendance();

    /** What is held of the targets. */
    Situations situations();

    /** What has to be told. */
    Outbox outbox();

    /** What checks found. */
    CheckBook checks();

    /** What became of mails on the paths of sites. */
    PathBook paths();

    /**
     * Removes what is too old, a small batch at a time; raw probes only when their hours are counted.
     *
     * @param probes how long single probes are kept, with changes, what was told, and what checks and path runs found
     * @param hours how long counted hours are kept
     * @return how many rows were removed or counted; 0 when there is nothing left to do
     */
    int tidy(Instant now, Duration probes, Duration hours);

    /** Closes everything; the parts must not be used afterwards. */
    @Override
    void close();
}
