package org.mailsonar.check.protocol;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.time.TimeSource;

/** Checks as tests want them: 10 s at most unless they say otherwise, encryption where it is offered. */
record Checks(String url, @Nullable Login login, TlsSettings tls, Limits limits) {

    static Checks of(String url) {
        return new Checks(url, null, TlsSettings.DEFAULT, new Limits(Duration.ofSeconds(10), null));
    }

    static Checks of(String scheme, int port, String... options) {
        return of(scheme + "://127.0.0.1:" + port + (options.length == 0 ? "" : "/?" + String.join("&", options)));
    }

    Checks as(String user, String password) {
        return new Checks(url, new Login(user, password), tls, limits);
    }

    Checks with(Security security) {
        return new Checks(url, login, new TlsSettings(security, tls.caFile(), tls.name(), 1, 0), limits);
    }

    Checks trusting(Path caFile) {
        return new Checks(url, login, new TlsSettings(tls.security(), caFile, tls.name(), 1, 0), limits);
    }

    Checks expecting(String name) {
        return new Checks(url, login, new TlsSettings(tls.security(), tls.caFile(), name, 1, 0), limits);
    }

    Checks warning(int warnDays, int failDays) {
        return new Checks(
                url, login, new TlsSettings(tls.security(), tls.caFile(), tls.name(), warnDays, failDays), limits);
    }

    Checks within(Duration limit) {
        return new Checks(url, login, tls, new Limits(limit, limits.slowAfter()));
    }

    CheckSettings settings() {
        return new CheckSettings(CheckUrl.parse(url), login, tls, limits);
    }

    CheckResult run() {
        try {
            return ProtocolChecks.of(settings(), TimeSource.system()).run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
