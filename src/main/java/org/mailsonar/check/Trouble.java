package org.mailsonar.check;

import java.util.Locale;

/**
 * What is wrong with something that was looked at: how far one came, and what happened there.
 *
 * @param stage how far
 * @param kind what
 */
public record Trouble(Stage stage, Kind kind) {

    /** How far one came, in this order. */
    public enum Stage {
        /** Nothing was done: what was asked for makes no sense, or a tool for it is missing. */
        SET_UP,
        /** The host's addresses were looked for. */
        LOOK_UP,
        /** A connection was opened. */
        CONNECT,
        /** The server's first words were waited for. */
        GREETING,
        /** Both sides agreed on encryption. */
        TLS,
        /** It was logged in. */
        LOGIN,
        /** The server was asked to do something: begin a transaction, count messages, search. */
        COMMAND,
        /** All was done, and what came of it was looked at: a certificate that ends soon, a threshold, a text that is not there. */
        RESULT;

        /** Its name in output and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * The stage of a name.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public static Stage of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
        }
    }

    /** What happened. */
    public enum Kind {
        /** What was asked for cannot be done: an unknown scheme, a missing file, a tool that is not there or not permitted. */
        MISCONFIGURED,
        /** There is no such host name, or no name server that knew one in time. */
        NO_SUCH_HOST,
        /** Nobody listens: the connection was refused. */
        REFUSED,
        /** There is no way to the machine. */
        UNREACHABLE,
        /** No answer in time. */
        TIME_OUT,
        /** The server ended the connection. */
        CLOSED,
        /** The server says no for good: 5xx, NO, -ERR. */
        REJECTED,
        /** The server says not now: 4xx. */
        DEFERRED,
        /** What came is not of the protocol. */
        NONSENSE,
        /** The server does not offer what is required of it: STARTTLS, a way to log in. */
        NOT_OFFERED,
        /** Encryption failed, before or beside the certificate. */
        TLS_FAILED,
        /** The certificate is for another name, of an unknown authority, or not valid at this time. */
        CERTIFICATE,
        /** It works as the protocol says, and is not as the user said it must be. */
        UNEXPECTED,
        /** Something else answers in the place of the server: a proxy before one that is dead. */
        IMPOSTOR,
        /** It works and takes too long. */
        SLOW;

        /** Its name in output and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * The kind of a name.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
        }
    }
}
