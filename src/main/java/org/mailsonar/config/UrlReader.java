package org.mailsonar.config;

import java.net.URI;
import org.mailsonar.notify.HttpUrl;

/** Reads a URL that may be a secret, as those of many chat services are. */
final class UrlReader {

    private UrlReader() {}

    /** What {@code url} says, or what {@code urlFile} or {@code urlEnv} leads to. */
    static URI secretOrNot(ConfigSection section) throws ConfigException {
        String secret = Secrets.secret(section, "url");
        ConfigNode open = section.optional("url");
        if (secret == null) {
            return section.required("url", "https://pager.test/hook").as(HttpUrl::parse);
        }
        if (open != null) {
            throw open.error("there are both a url and one that is a secret; leave one of them");
        }
        return section.place().check(() -> {
            URI url = HttpUrl.parse(secret);
            HttpUrl.check(url, true);
            return url;
        });
    }
}
