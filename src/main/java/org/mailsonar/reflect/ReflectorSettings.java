package org.mailsonar.reflect;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ReturnSigner;

/**
 * What a reflector needs to know.
 *
 * @param address the From of the returns
 * @param recipients the probed addresses; a token must be for one of them, extensions ({@code +x}) not counted
 * @param trust the monitors that are trusted; none: nothing reflects
 * @param envelopeSender the return path of the returns; null for {@code <>}, which a few sites refuse (RFC 5321 §4.5.5)
 * @param clockSkew by how much the monitor's and this machine's clock may differ
 * @param agent this machine's name, shown on the return
 * @param version this program's version, likewise
 * @param signer signs the returns; null where they are not signed
 */
public record ReflectorSettings(
        EmailAddress address,
        List<EmailAddress> recipients,
        List<Trust> trust,
        @Nullable EmailAddress envelopeSender,
        Duration clockSkew,
        String agent,
        String version,
        @Nullable ReturnSigner signer) {

    /** The settings of a reflector that does not sign. */
    public ReflectorSettings(
            EmailAddress address,
            List<EmailAddress> recipients,
            List<Trust> trust,
            @Nullable EmailAddress envelopeSender,
            Duration clockSkew,
            String agent,
            String version) {
        this(address, recipients, trust, envelopeSender, clockSkew, agent, version, null);
    }

    public ReflectorSettings {
        recipients = List.copyOf(recipients);
        trust = List.copyOf(trust);
    }

    /** The same with another From of the returns; the same addresses are probed. */
    public ReflectorSettings withAddress(EmailAddress otherAddress) {
        return new ReflectorSettings(otherAddress, recipients, trust, envelopeSender, clockSkew, agent, version);
    }

    /** Whether an address is probed here. */
    public boolean isProbed(EmailAddress to) {
        return recipients.contains(to) || recipients.contains(to.withoutExtension());
    }
}
