package org.mailsonar.intake.smtp;

import org.apache.james.protocols.api.Response;
import org.jspecify.annotations.Nullable;

/**
 * How many commands and errors a client has made since its last mail that was taken. Belongs to one connection and its thread.
 */
final class SessionConduct {

    private final SessionLimits limits;
    private int commands;
    private int errors;

    SessionConduct(SessionLimits limits) {
        this.limits = limits;
    }

    /** Why the next command is the last one; null if it is not. */
    @Nullable
    SmtpReply exhausted() {
        if (errors >= limits.errors()) {
            return SmtpReply.TOO_MANY_ERRORS;
        }
        return commands >= limits.commands() ? SmtpReply.TOO_MANY_COMMANDS : null;
    }

    /** A command was answered. */
    void command(Response reply) {
        commands++;
        countIfError(reply);
    }

    /** A whole mail was answered; gives whether it was taken, so that all begins anew. */
    boolean mail(SmtpReply reply) {
        boolean taken = reply.getRetCode().startsWith("2");
        if (taken) {
            commands = 0;
            errors = 0;
        }
        countIfError(reply);
        return taken;
    }

    private void countIfError(Response reply) {
        if (reply.getRetCode().startsWith("5")) {
            errors++;
        }
    }
}
