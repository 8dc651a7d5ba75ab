package org.mailsonar.notify;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads the URLs of HTTP servers. */
public final class HttpUrl {

    private HttpUrl() {}

    /**
     * Reads {@code https://host[:port]/path}, or http.
     *
     * @throws IllegalArgumentException when it is none, or holds a password; the message is one line and does not repeat the text, which
     *     may be a secret
     */
    public static URI parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException notOne) {
            throw new IllegalArgumentException("this is no URL; write for example https://pager.test/hook");
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("https") && !scheme.equals("http")) || url.getHost() == null) {
            throw new IllegalArgumentException("this is no URL of HTTP; write for example https://pager.test/hook");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a password has no place in a URL, which is shown in logs; use user and passwordFile or passwordEnv");
        }
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException("what follows # never leaves this machine; remove it");
        }
        return url;
    }

    /** Refuses http to another machine where a secret goes along, with an {@link IllegalArgumentException}. */
    public static void check(URI url, boolean withSecret) {
        if (withSecret && url.getScheme().equalsIgnoreCase("http") && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException(
                    "the secret would go to " + HttpDoor.place(url) + " in the clear; write https");
        }
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
