package org.mailsonar.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxLogin;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.message.EmailAddress;

/** Reads which mailboxes are watched. */
final class MailboxReader {

    private MailboxReader() {}

    /** The mailboxes of a list; none where there is no list. */
    static List<MailboxSettings> read(@Nullable ConfigNode list, int messageSize, EmailAddress address)
            throws ConfigException {
        List<MailboxSettings> mailboxes = new ArrayList<>();
        for (ConfigNode item : list == null ? List.<ConfigNode>of() : list.list()) {
            mailboxes.add(mailbox(item, messageSize, address));
        }
        return List.copyOf(mailboxes);
    }

    /** One mailbox. */
    static MailboxSettings mailbox(ConfigNode item, int messageSize, EmailAddress address) throws ConfigException {
        return mailbox(
                item.section("url", "user", "passwordFile", "passwordEnv", "oauth2", "poll", "caFile"),
                messageSize,
                address);
    }

    private static MailboxSettings mailbox(ConfigSection section, int messageSize, EmailAddress address)
            throws ConfigException {
        ConfigNode url = section.required("url", "imaps://mail.company.test");
        MailboxLogin login = login(section);
        MailboxSettings settings = url.as(text -> MailboxSettings.parse(text, login, messageSize, address));
        ConfigNode poll = section.optional("poll");
        ConfigNode caFile = section.optional("caFile");
        if (poll != null) {
            settings = poll.as(pollReader(settings));
        }
        return caFile == null ? settings : settings.trusting(readable(caFile));
    }

    private static ConfigNode.TextReader<MailboxSettings> pollReader(MailboxSettings settings) {
        return text -> settings.polledEvery(Quantities.duration(text));
    }

    private static MailboxLogin login(ConfigSection section) throws ConfigException {
        String password = Secrets.password(section);
        ConfigNode oauth2 = section.optional("oauth2");
        ConfigNode user = section.required("user", "webscout");
        if (password == null && oauth2 == null) {
            throw section.place().error("nothing proves who logs in; add for example: passwordFile: secrets/webscout");
        }
        if (oauth2 == null) {
            String secret = String.valueOf(password);
            return user.as(name -> new MailboxLogin.Password(name, secret));
        }
        if (password != null) {
            throw oauth2.error("there are both a password and oauth2; leave one of them");
        }
        return oauth2(
                user,
                oauth2.section(
                        "tokenUrl", "clientId", "clientSecretFile", "clientSecretEnv", "refreshTokenFile", "scope"));
    }

    private static MailboxLogin oauth2(ConfigNode user, ConfigSection section) throws ConfigException {
        URI tokenUrl = section.required("tokenUrl", "https://login.company.test/oauth2/token")
                .as(MailboxReader::uri);
        String clientId = section.required("clientId", "mailsonar").text();
        String clientSecret = Secrets.secret(section, "clientSecret");
        ConfigNode refreshToken = section.optional("refreshTokenFile");
        Path refreshTokenFile = refreshToken == null ? null : readable(refreshToken);
        ConfigNode scope = section.optional("scope");
        String scopeText = scope == null ? null : scope.text();
        String name = user.text();
        return section.place()
                .check(() ->
                        new MailboxLogin.OAuth2(name, tokenUrl, clientId, clientSecret, refreshTokenFile, scopeText));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException notOne) {
            throw new IllegalArgumentException("this is no URL; write https://host/path");
        }
    }

    private static Path readable(ConfigNode node) throws ConfigException {
        Path file = node.path();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw node.error(file + " cannot be read; name a file that this user may read");
        }
        return file;
    }
}
