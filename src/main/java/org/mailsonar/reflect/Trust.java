package org.mailsonar.reflect;

import java.util.List;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TrustedKey;

/**
 * A monitor that is trusted: its key, and where returns for that key may go.
 *
 * @param key the monitor's public key
 * @param returnTo the addresses that this key may name; none: nothing is returned
 */
public record Trust(TrustedKey key, List<AddressPattern> returnTo) {

    public Trust {
        returnTo = List.copyOf(returnTo);
    }

    /** Whether returns for this key may go to an address. */
    public boolean allows(EmailAddress address) {
        return returnTo.stream().anyMatch(pattern -> pattern.allows(address));
    }
}
