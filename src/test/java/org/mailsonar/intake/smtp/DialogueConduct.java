package org.mailsonar.intake.smtp;

import org.mailsonar.fuzz.Claim;

/** How many commands and errors a client has made since its last mail, followed by the codes that it is given. */
final class DialogueConduct {

    private final SessionLimits limits;
    private int commands;
    private int errors;

    DialogueConduct(SessionLimits limits) {
        this.limits = limits;
    }

    /** A command got this reply. */
    void command(int code) {
        Claim.that(code == 421 || commands < limits.commands(), "commands are bounded", commands);
        Claim.that(code == 421 || errors < limits.errors(), "errors are bounded", errors);
        commands++;
        errors += code / 100 == 5 ? 1 : 0;
    }

    /** A final dot got this reply. */
    void mail(int code) {
        if (code == 250) {
            commands = 0;
            errors = 0;
        }
        errors += code / 100 == 5 ? 1 : 0;
    }

    /** The client was told to go. */
    void checkPatienceWasExhausted(String reply) {
        boolean forErrors = reply.equals(SmtpReply.TOO_MANY_ERRORS.toString()) && errors >= limits.errors();
        boolean forCommands = reply.equals(SmtpReply.TOO_MANY_COMMANDS.toString()) && commands >= limits.commands();
        Claim.that(forErrors || forCommands, "nobody is sent away without cause", reply);
    }
}
