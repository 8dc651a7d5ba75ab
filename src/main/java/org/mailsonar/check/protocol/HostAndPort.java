package org.mailsonar.check.protocol;

import java.util.regex.Pattern;

/** The part of a URL between {@code //} and the path. */
record HostAndPort(String host, int port) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,32})?");

    static HostAndPort parse(String scheme, String text, int usualPort) {
        String shown = scheme + "://…";
        boolean bracketed = text.startsWith("[");
        int end = bracketed ? text.indexOf(']') + 1 : text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
        if (!bracketed && text.indexOf(':', Math.min(end + 1, text.length())) >= 0) {
            throw CheckUrl.bad(shown, "an IPv6 address stands in brackets: " + scheme + "://[::1]");
        }
        String host = bracketed && end > 0 ? text.substring(1, end - 1) : text.substring(0, end);
        boolean isGood = bracketed
                ? host.indexOf(':') >= 0 && IPV6.matcher(host).matches()
                : NAME.matcher(host).matches();
        if (!isGood) {
            throw CheckUrl.bad(
                    shown, "write a host name or an address, for example " + scheme + "://mail.company.test");
        }
        return new HostAndPort(host, port(scheme, text.substring(end), usualPort));
    }

    private static int port(String scheme, String text, int usualPort) {
        if (text.isEmpty()) {
            if (usualPort == 0) {
                throw CheckUrl.bad(scheme + "://…", "it has no usual port: write " + scheme + "://HOST:PORT");
            }
            return usualPort;
        }
        boolean isNumber = text.matches(":[0-9]{1,5}");
        int port = isNumber ? Integer.parseInt(text.substring(1)) : 0;
        if (port < 1 || port > 65535) {
            throw CheckUrl.bad(scheme + "://…", "a port is 1 to 65535");
        }
        return port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
