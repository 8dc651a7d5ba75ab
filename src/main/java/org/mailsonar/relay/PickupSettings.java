package org.mailsonar.relay;

import java.nio.file.Path;
import org.mailsonar.files.Disk;
import org.mailsonar.time.TimeSource;

/**
 * A directory from which a mail server on this machine takes mail: Pickup of IIS and Exchange.
 *
 * @param directory its absolute path
 */
public record PickupSettings(Path directory) implements RelaySettings {

    public PickupSettings {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException(
                    "pickup: wants the absolute path of the directory, such as pickup:/srv/mail/Pickup");
        }
    }

    @Override
    public RelaySettings forOneMessage() {
        return this;
    }

    @Override
    public Relay open() {
        return new PickupRelay(this, Disk.real(), TimeSource.system());
    }

    @Override
    public String describe() {
        return "pickup:" + directory;
    }
}
