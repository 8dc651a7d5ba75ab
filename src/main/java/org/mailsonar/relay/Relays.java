package org.mailsonar.relay;

/** Opens relays. */
public final class Relays {

    private Relays() {}

    /**
     * A relay for these settings. Nothing is connected or started before the first message.
     *
     * @throws IllegalArgumentException when the settings name a file of certificates that cannot be read; one line, with
     *     the remedy
     */
    public static Relay open(RelaySettings settings) {
        return switch (settings) {
            case SmtpSettings smtp -> new SmtpRelay(smtp);
            case SendmailSettings sendmail -> new SendmailRelay(sendmail);
        };
    }
}
