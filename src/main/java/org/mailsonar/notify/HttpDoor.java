package org.mailsonar.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;

/**
 * Asks one HTTP server. Certificate and host name are checked, redirects are not followed, an answer is read up to 64 KiB, and all of it
 * has to be done within a time limit. What is told of trouble names scheme, host and port and nothing else of the URL, since the
 * rest is a secret with many services. Thread-safe.
 */
final class HttpDoor implements AutoCloseable {

    /** What a server said. */
    sealed interface Answer {}

    /** It said so. */
    record Said(int status, String body) implements Answer {}

    /** It said nothing, or nothing that could be read. */
    record Nothing(String why) implements Answer {}

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_SHOWN = 200;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration limit;
    private final List<String> secrets;

    /**
     * A door to any server.
     *
     * @param secrets what must not be shown even if the server says it
     */
    HttpDoor(Duration limit, List<String> secrets) {
        this(limit, secrets, null);
    }

    /** The same, trusting who a context trusts; null for those that Java trusts. */
    HttpDoor(Duration limit, List<String> secrets, @Nullable SSLContext trust) {
        this.limit = limit;
        this.secrets = List.copyOf(secrets);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // small gateways do not know the offer of another one
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT.compareTo(limit) < 0 ? CONNECT : limit);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** A request that may still be added to. */
    static HttpRequest.Builder request(URI url) {
        return HttpRequest.newBuilder(url).header("User-Agent", "mailsonar");
    }

    /** Delivered with every answer of 200 to 299. */
    Delivery deliver(HttpRequest request) {
        return switch (ask(request)) {
            case Nothing(String why) -> new Delivery.Failed(why);
            case Said(int status, String body) when status >= 200 && status < 300 -> new Delivery.Delivered();
            case Said(int status, String body) -> refusal(request, status, body);
        };
    }

    /** What to tell of an answer that is no success. */
    Delivery refusal(HttpRequest request, int status, String body) {
        String hint = status >= 300 && status < 400 ? " (redirects are not followed; name the place itself)" : "";
        String shown = shown(body);
        return new Delivery.Failed(
                place(request.uri()) + " answers " + status + hint + (shown.isEmpty() ? "" : ": " + shown));
    }

    /** Sends it and waits for the answer; blocks until the time limit at most. */
    Answer ask(HttpRequest request) {
        var answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            // A request's own time-out would end with the answer's header.
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Said(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException failed) {
            return new Nothing(place(request.uri()) + ": " + reason(failed));
        } catch (TimeoutException late) {
            answer.cancel(true);
            return new Nothing(place(request.uri()) + " does not answer within " + Texts.time(limit));
        } catch (InterruptedException hurried) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Nothing(place(request.uri()) + ": not waited for");
        }
    }

    /** Scheme, host and port. */
    static String place(URI url) {
        return OneLine.ascii(url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
    }

    private String shown(String body) {
        String text = body;
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        String line = OneLine.ascii(text.replaceAll("\\s+", " ").strip());
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
    }

    private static String reason(ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateException) {
                return "the certificate was not accepted: " + OneLine.ascii(String.valueOf(inner.getMessage()));
            }
        }
        String message = cause.getMessage();
        String name = cause instanceof java.net.ConnectException
                ? "no connection"
                : cause.getClass().getSimpleName();
        return cause instanceof IOException && message != null ? OneLine.ascii(name + ", " + message) : name;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
