/**
 * All that monitors keep, in a relational database: SQLite in one file, or PostgreSQL that several monitors share, with one SQL and
 * one schema.
 *
 * <p>{@link org.mailsonar.store.Stores} opens it. Each method is atomic, and where two monitors could do the same, the statement decides
 * by the row's present state, so one of them wins. What is given out to one of many is picked with {@code FOR UPDATE SKIP LOCKED}
 * on PostgreSQL. What many callers write at the same time is committed together, since a commit
 * waits for the disk: a method returns when the transaction that its statement was part of is on disk ({@code synchronous=FULL} on
 * SQLite; PostgreSQL with its defaults). At worst a crash falls between the commit and the return: then the entry stands although its
 * writer never heard so.
 *
 * <p>Several processes share one SQLite file. SQLite lets one of them write at a time; the others wait for the busy time-out, five
 * seconds, before they give up. Readers never wait for a writer (write-ahead logging). The file must be on a local
 * disk, since the log's index is shared memory.
 *
 * <p>Flyway, HikariCP, Jdbi and the drivers of SQLite and PostgreSQL are used in this package alone.
 */
@NullMarked
package org.mailsonar.store;

import org.jspecify.annotations.NullMarked;
