package org.mailsonar.check.ldap;
import org.mailsonar.check.*;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.time.TimeSource;
public final class LdapCheck { public static Check of(CheckSettings s, TimeSource t) { throw new UnsupportedOperationException(); } }
