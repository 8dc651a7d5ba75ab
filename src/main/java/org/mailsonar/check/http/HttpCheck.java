package org.mailsonar.check.http;
import org.mailsonar.check.*;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.time.TimeSource;
public final class HttpCheck { public static Check of(CheckSettings s, TimeSource t) { throw new UnsupportedOperationException(); } }
