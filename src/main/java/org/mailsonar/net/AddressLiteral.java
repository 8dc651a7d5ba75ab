package org.mailsonar.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/** How an address stands in a mail dialogue in the place of a host name: {@code [192.0.2.1]}, {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). */
public final class AddressLiteral {

    private AddressLiteral() {}

    /** The literal of an address, without the zone that only this machine knows. */
    public static String of(InetAddress address) {
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        return (address instanceof Inet6Address ? "[IPv6:" : "[") + (zone < 0 ? literal : literal.substring(0, zone))
                + "]";
    }
}
