/**
 * The ledger on a relational database: SQLite in one file today, with SQL and a schema that PostgreSQL takes as well.
 *
 * <p>{@link org.mailsonar.store.Stores} opens it. Each method of the ledger is one SQL statement, committed on its own, so there
 * is no transaction to be left half done and none that would have to upgrade from reading to writing. With
 * {@code synchronous=FULL} a commit is on disk before the method returns. At worst a crash falls between the commit and the
 * return: then the entry stands although its writer never heard so.
 *
 * <p>Several processes share one file. SQLite lets one of them write at a time; the others wait for the busy time-out, five
 * seconds, before they give up. Readers never wait for a writer (write-ahead logging). The file must be on a local
 * disk, since the log's index is shared memory.
 *
 * <p>Flyway, HikariCP, Jdbi and the SQLite driver are used in this package alone.
 */
@NullMarked
package org.mailsonar.store;

import org.jspecify.annotations.NullMarked;
