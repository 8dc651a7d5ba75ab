package org.mailsonar.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.smtp.ListenerProtocol;
import org.mailsonar.intake.smtp.TlsFiles;

/** Reads where a program listens, and the files of its TLS. */
final class ListenReader {

    private ListenReader() {}

    /** A list of URLs; none where there is no such key. */
    static List<ListenUrl> urls(@Nullable ConfigNode node, @Nullable TlsFiles tls) throws ConfigException {
        if (node == null) {
            return List.of();
        }
        List<ListenUrl> urls = new ArrayList<>();
        for (ConfigNode item : node.list()) {
            urls.add(url(item, tls));
        }
        return List.copyOf(urls);
    }

    /** One URL. */
    static ListenUrl url(ConfigNode item, @Nullable TlsFiles tls) throws ConfigException {
        ListenUrl url = item.as(ListenUrl::parse);
        if (url.protocol() == ListenerProtocol.SMTPS && tls == null) {
            throw item.error("smtps:// needs a certificate; add for example:"
                    + " tls: {certificate: tls/fullchain.pem, key: tls/privkey.pem}");
        }
        return url;
    }

    /**
     * The section {@code tls}; null where there is none. The files are not opened: the pipe program reads this configuration too, under
     * a user who may have no right to the key.
     */
    static @Nullable TlsFiles tls(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        ConfigSection section = node.section("certificate", "key");
        return new TlsFiles(
                section.required("certificate", "tls/fullchain.pem").path(),
                section.required("key", "tls/privkey.pem").path());
    }
}
