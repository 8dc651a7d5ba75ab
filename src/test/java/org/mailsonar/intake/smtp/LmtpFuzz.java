package org.mailsonar.intake.smtp;

/** Fuzz target: the dialogue of an LMTP listener; {@link DialogueProperties} has what must hold. */
public final class LmtpFuzz {

    private static final DialogueProperties PROPERTIES = new DialogueProperties(ListenerProtocol.LMTP);

    private LmtpFuzz() {}

    /** One input: what the client sends. */
    public static void fuzzerTestOneInput(byte[] data) {
        PROPERTIES.check(data);
    }
}
