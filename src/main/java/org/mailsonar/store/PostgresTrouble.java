package org.mailsonar.store;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.LedgerException;
import org.postgresql.util.PSQLException;

/** Says in one line which PostgreSQL is in trouble, what the trouble is and what to do about it. Thread-safe. */
final class PostgresTrouble {

    private final PostgresUrl url;

    PostgresTrouble(PostgresUrl url) {
        this.url = url;
    }

    /** A failure whose cause is known already. */
    LedgerException because(String whatAndRemedy, @Nullable Throwable cause) {
        return new LedgerException("database " + url.shown() + ": " + whatAndRemedy, cause);
    }

    /** Finds out what a failure comes from. */
    LedgerException explain(Exception failure) {
        SQLException said = said(failure);
        if (said == null) {
            return because("failed: " + OneLine.printable(rootMessage(failure)), failure);
        }
        return because(meaning(said), failure);
    }

    /** Whether the database as a whole is away, refuses everything, or has no room. */
    boolean concernsAll(Exception failure) {
        SQLException said = said(failure);
        if (said instanceof SQLTransientConnectionException) {
            return true;
        }
        return switch (stateClass(said)) {
            case "08", "28", "3D", "53", "57", "58", "XX" -> true;
            case "25" -> true; // a server that is a copy of another takes no writes
            default -> false;
        };
    }

    private static String stateClass(@Nullable SQLException said) {
        String state = said == null ? null : said.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    /** What the server or the driver said; else what the pool said, which then got no connection at all. */
    private static @Nullable SQLException said(Exception failure) {
        SQLException pool = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException server) {
                return server;
            }
            if (cause instanceof SQLException other) {
                pool = other;
            }
        }
        return pool;
    }

    private String meaning(SQLException said) {
        String state = String.valueOf(said.getSQLState());
        return switch (state) {
            case "28P01" ->
                "refuses the password of user " + url.user()
                        + "; put the right one where passwordFile or passwordEnv says";
            case "28000" -> "does not let user " + url.user() + " in (" + text(said) + "); see pg_hba.conf there";
            case "08004" -> refused(said);
            case "3D000" -> "does not exist there; make it: CREATE DATABASE " + url.database() + " OWNER " + url.user();
            case "42501" ->
                "user " + url.user() + " lacks a right (" + text(said) + "); make it the owner: ALTER DATABASE "
                        + url.database() + " OWNER TO " + url.user();
            case "42P01", "42703", "3F000" ->
                "has not the tables that it had (" + text(said) + "); put back a copy, or name another database";
            case "25006" -> "takes no writes, it is a copy of another server; name the first one";
            case "53100" -> "the disk is full there; free some space";
            case "53200", "53300", "53400" ->
                "is at its limits (" + text(said) + "); raise them there, or end other sessions";
            case "57P01", "57P02", "57P03" -> "is starting or stopping (" + text(said) + "); try again";
            case "40001", "40P01", "55P03" -> "was busy with the same rows (" + text(said) + "); try again";
            default ->
                state.startsWith("08") || said instanceof SQLTransientConnectionException
                        ? unreachable(said)
                        : "failed: " + text(said);
        };
    }

    /** The driver says so too when it was asked for a password and has none. */
    private String refused(SQLException said) {
        return text(said).contains("password")
                ? "asks for the password of user " + url.user() + "; say passwordFile or passwordEnv"
                : "refuses the connection (" + text(said) + ")";
    }

    private String unreachable(SQLException said) {
        for (Throwable cause = said; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException unknown -> {
                    return "its host is not known to the name service; check the URL";
                }
                case SocketTimeoutException slow -> {
                    return "does not answer in time; check the server and the network";
                }
                case ConnectException refused -> {
                    return "cannot be reached (" + OneLine.printable(String.valueOf(refused.getMessage()))
                            + "); check that PostgreSQL runs there, and the URL";
                }
                default -> {}
            }
        }
        if ("08001".equals(said.getSQLState())) {
            return "does not answer in time; check the server and the network";
        }
        return said instanceof PSQLException
                ? "the connection was lost (" + text(said) + "); check the server and the network"
                : "gives no connection in time; check the server and the network";
    }

    /** The server's own sentence, without the detail that may hold values of a row. */
    private static String text(SQLException said) {
        String text = said instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().getMessage()
                : said.getMessage();
        return OneLine.printable(String.valueOf(text));
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
