package org.mailsonar.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.notify.HeartbeatSettings;
import org.mailsonar.notify.HttpUrl;

/** Reads where a dead man's switch is. */
final class HeartbeatReader {

    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private HeartbeatReader() {}

    static HeartbeatSettings read(ConfigNode node) throws ConfigException {
        ConfigSection section = node.section("url", "urlFile", "urlEnv", "failUrl", "every");
        URI url = UrlReader.secretOrNot(section);
        ConfigNode fail = section.optional("failUrl");
        ConfigNode everyNode = section.optional("every");
        Duration every = everyNode == null ? USUAL : everyNode.as(Quantities::duration);
        if (everyNode != null && every.compareTo(SHORTEST) < 0) {
            throw everyNode.error("every is 10s at least");
        }
        @Nullable URI failUrl = fail == null ? null : fail.as(text -> failUrl(url, text));
        return new HeartbeatSettings(url, failUrl, every);
    }

    /** {@code /fail} is put behind the URL itself, so that a secret one need not be written twice. */
    private static URI failUrl(URI url, String text) {
        if (!text.startsWith("/")) {
            return HttpUrl.parse(text);
        }
        String base = url.toString();
        return HttpUrl.parse((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + text);
    }
}
