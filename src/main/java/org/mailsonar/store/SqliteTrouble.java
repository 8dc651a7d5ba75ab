package org.mailsonar.store;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.LedgerException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line which file is in trouble, what the trouble is and what to do about it. Thread-safe. */
final class SqliteTrouble {

    private static final int PRIMARY_CODE = 0xff; // SQLite keeps the finer cause in the bits above

    private final Path file;
    private final int busyMillis;

    /** For one file, whose connections wait so long for others. */
    SqliteTrouble(Path file, int busyMillis) {
        this.file = file;
        this.busyMillis = busyMillis;
    }

    /** A failure whose cause is known already. */
    LedgerException because(String whatAndRemedy, @Nullable Throwable cause) {
        return new LedgerException("database " + file + ": " + whatAndRemedy, cause);
    }

    /** Finds out what a failure comes from. */
    LedgerException explain(Exception failure) {
        String waited = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SQLiteException sqlite -> {
                    return because(meaning(sqlite), failure);
                }
                case SQLTransientConnectionException timeout ->
                    waited = "is busy: other work of this process on it did not end within " + busySeconds()
                            + "; try again, and check the disk if it stays so";
                case FileSystemException refused -> {
                    return because(
                            "its directory is not writable (" + OneLine.printable(reason(refused)) + ")", failure);
                }
                default -> {}
            }
        }
        return because(waited.isEmpty() ? "failed: " + OneLine.printable(rootMessage(failure)) : waited, failure);
    }

    /** Whether the file as a whole is in trouble: everything is, but what a rule of the schema forbids. */
    boolean concernsAll(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)
                        != SQLiteErrorCode.SQLITE_CONSTRAINT;
            }
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return false;
    }

    private String meaning(SQLiteException failure) {
        SQLiteErrorCode code = failure.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_READONLY_DBMOVED) {
            return "was moved or deleted while it was open; start this program again";
        }
        return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "is locked by another process for more than " + busySeconds() + "; end the one that 'fuser " + file
                        + "' names, or try again";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> notWritable();
            case SQLITE_CANTOPEN ->
                "cannot be opened; user " + user() + " needs read and write access to it and to its directory";
            case SQLITE_FULL -> "the disk is full; free some space there";
            case SQLITE_IOERR -> "cannot be read or written (" + code + "); check the disk and its file system";
            case SQLITE_CORRUPT ->
                "is damaged; stop all programs that use it, then put back a copy, or move it away to begin anew";
            case SQLITE_NOTADB -> "is not an SQLite database; name another file, or move this one away";
            default -> "failed: " + OneLine.printable(String.valueOf(failure.getMessage()));
        };
    }

    private String notWritable() {
        return "is read-only for user " + user() + "; give write access to the file and its directory, or name another";
    }

    private String busySeconds() {
        return busyMillis % 1_000 == 0 ? busyMillis / 1_000 + " s" : busyMillis + " ms";
    }

    private static String user() {
        return System.getProperty("user.name", "?");
    }

    private static String reason(FileSystemException refused) {
        return refused.getReason() == null ? refused.getClass().getSimpleName() : refused.getReason();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
