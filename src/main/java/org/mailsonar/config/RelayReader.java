package org.mailsonar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.relay.SmtpSettings;

/** Reads where mail leaves: a URL, or a section with a URL and what leads to a password. */
final class RelayReader {

    private RelayReader() {}

    static RelaySettings read(ConfigNode node) throws ConfigException {
        if (!node.isSection()) {
            return settings(node, null);
        }
        ConfigSection section = node.section("url", "passwordFile", "passwordEnv");
        @Nullable String password = Secrets.password(section);
        return settings(section.required("url", "smtp://mail.company.test:587?user=probe"), password);
    }

    /** A relative path of the authorities' file is relative to the configuration file, as every path in it is. */
    static RelaySettings settings(ConfigNode url, @Nullable String password) throws ConfigException {
        RelaySettings settings = url.as(text -> RelaySettings.parse(text, password));
        if (!(settings instanceof SmtpSettings smtp) || smtp.caFile() == null) {
            return settings;
        }
        Path caFile = url.part(smtp.caFile());
        if (!Files.isReadable(caFile) || Files.isDirectory(caFile)) {
            throw url.error("caFile " + caFile + " cannot be read; name a file of certificates in PEM form");
        }
        return new SmtpSettings(
                smtp.host(), smtp.port(), smtp.security(), caFile, smtp.login(), smtp.heloName(), smtp.limits());
    }
}
