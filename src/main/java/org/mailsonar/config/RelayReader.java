package org.mailsonar.config;

import org.jspecify.annotations.Nullable;
import org.mailsonar.relay.RelaySettings;

/** Reads where mail leaves: a URL, or a section with a URL and what leads to a password. */
final class RelayReader {

    private RelayReader() {}

    static RelaySettings read(ConfigNode node) throws ConfigException {
        if (!node.isSection()) {
            return node.as(url -> RelaySettings.parse(url, null));
        }
        ConfigSection section = node.section("url", "passwordFile", "passwordEnv");
        @Nullable String password = Secrets.password(section);
        return section.required("url", "smtp://mail.company.test:587?user=probe")
                .as(url -> RelaySettings.parse(url, password));
    }
}
