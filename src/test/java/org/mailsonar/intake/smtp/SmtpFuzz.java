package org.mailsonar.intake.smtp;

/** Fuzz target: the dialogue of an SMTP listener; {@link DialogueProperties} has what must hold. */
public final class SmtpFuzz {

    private static final DialogueProperties PROPERTIES = new DialogueProperties(ListenerProtocol.SMTP);

    private SmtpFuzz() {}

    /** One input: what the client sends. */
    public static void fuzzerTestOneInput(byte[] data) {
        PROPERTIES.check(data);
    }
}
