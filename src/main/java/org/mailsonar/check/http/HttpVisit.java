package org.mailsonar.check.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.check.protocol.CheckTrouble;
import org.mailsonar.check.protocol.CheckUrl;
import org.mailsonar.check.protocol.Connection;
import org.mailsonar.check.protocol.Login;
import org.mailsonar.check.protocol.TlsSettings;

/** One request over one connection. One thread, once. */
final class HttpVisit {

    private static final int USUAL_HTTP = 80;
    private static final int USUAL_HTTPS = 443;

    private final CheckSettings settings;
    private final String target;
    private final HttpExpectation expectation;
    private final boolean follows;
    private @Nullable HttpPlace redirected;

    HttpVisit(HttpPlace place, HttpExpectation expectation, boolean follows) {
        this.settings = place.settings();
        this.target = place.target();
        this.expectation = expectation;
        this.follows = follows;
    }

    /** Where to go on; null where this was the end. */
    @Nullable
    HttpPlace redirected() {
        return redirected;
    }

    void talk(Connection connection) throws CheckTrouble, IOException {
        if (settings.login() != null) {
            connection.requireSafety();
        }
        connection.step("GET", Stage.COMMAND, "answer to GET");
        HttpAnswer answer = ask(connection);
        connection.measure(Measure.of("status", answer.status(), ""));
        String location = answer.redirection();
        if (location != null && follows) {
            redirected = next(location, connection);
            connection.done(answer.statusLine() + " to " + location);
            return;
        }
        if (answer.status() == 401 && settings.login() != null && !expectation.allows(401)) {
            throw connection.failure(Stage.LOGIN, Kind.REJECTED, "the login is not accepted: " + answer.statusLine());
        }
        String complaint = expectation.complaint(answer);
        if (!complaint.isEmpty()) {
            throw connection.failure(Stage.RESULT, Kind.UNEXPECTED, complaint);
        }
        connection.done(answer.statusLine()
                + (location == null ? "" : " to " + location)
                + (expectation.text() == null ? "" : ", with the text '" + expectation.text() + "'"));
    }

    private HttpAnswer ask(Connection connection) throws CheckTrouble, IOException {
        try {
            connection.said("GET " + target + " HTTP/1.1");
            connection.socket().getOutputStream().write(request());
            InputStream in = new BufferedInputStream(connection.socket().getInputStream());
            HttpAnswer head = HttpAnswer.head(in);
            connection.heard(head.statusLine());
            head.fields().forEach((name, value) -> connection.heard(name + ": " + (isSecret(name) ? "****" : value)));
            connection.step("body", Stage.COMMAND, "rest of the answer");
            return head.withBody(in);
        } catch (HttpAnswer.NonsenseException nonsense) {
            throw connection.failure(Kind.NONSENSE, String.valueOf(nonsense.getMessage()));
        } catch (EOFException ended) {
            throw connection.failure(Kind.CLOSED, "the server ended the connection before its answer was whole");
        }
    }

    /** What would let one who reads it in as this check was let in. */
    private static boolean isSecret(String field) {
        return field.startsWith("set-cookie")
                || field.endsWith("authenticate")
                || field.endsWith("authorization")
                || field.endsWith("authentication-info");
    }

    private byte[] request() {
        StringBuilder request = new StringBuilder(256);
        request.append("GET ").append(target).append(" HTTP/1.1\r\n");
        request.append("Host: ").append(host()).append("\r\n");
        request.append("User-Agent: mailsonar\r\nAccept: */*\r\nConnection: close\r\n");
        Login login = settings.login();
        if (login != null) {
            byte[] words = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
            request.append("Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(words))
                    .append("\r\n");
        }
        return request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String host() {
        CheckUrl url = settings.url();
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        return url.port() == usualPort(url.scheme()) ? host : host + ":" + url.port();
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? USUAL_HTTPS : USUAL_HTTP;
    }

    private HttpPlace next(String location, Connection connection) throws CheckTrouble {
        CheckUrl here = settings.url();
        try {
            URI base = new URI(here.scheme() + "://" + host() + target);
            URI uri = new URI(base.resolve(new URI(location)).toASCIIString());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null
                    || !(scheme.equals("https")
                            || (scheme.equals("http") && here.scheme().equals(scheme)))) {
                throw connection.failure(
                        Stage.RESULT, Kind.UNEXPECTED, "it redirects to where no check follows: " + location);
            }
            String host = uri.getHost().replace("[", "").replace("]", "");
            int port = uri.getPort() < 0 ? usualPort(scheme) : uri.getPort();
            String path = String.valueOf(uri.getPath()) + (uri.getQuery() == null ? "" : "?" + uri.getQuery());
            boolean isSame = host.equalsIgnoreCase(here.host()) && port == here.port() && scheme.equals(here.scheme());
            TlsSettings tls = settings.tls();
            CheckSettings next = new CheckSettings(
                    new CheckUrl(scheme, host, port, path, here.options()),
                    isSame ? settings.login() : null,
                    new TlsSettings(
                            scheme.equals("https") ? TlsSettings.Security.IMPLICIT : TlsSettings.Security.NONE,
                            tls.caFile(),
                            host.equalsIgnoreCase(here.host()) ? tls.name() : null,
                            tls.warnDays(),
                            tls.failDays()),
                    settings.limits());
            return new HttpPlace(next, target(uri));
        } catch (URISyntaxException broken) {
            throw connection.failure(Stage.RESULT, Kind.NONSENSE, "it redirects to what is no URL: " + location);
        }
    }

    /** As the server wrote it: an encoded character may mean something else than the bare one (RFC 3986 §2.2). */
    private static String target(URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }
}
