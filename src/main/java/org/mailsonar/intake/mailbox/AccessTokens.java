package org.mailsonar.intake.mailbox;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxTrouble.Kind;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Gets access tokens from a token server (RFC 6749 §4.4, §6) and keeps each until a minute before it expires. The server's certificate
 * is checked against Java's authorities; a redirect is not followed. For one thread.
 */
final class AccessTokens implements LoginSecret {

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final Duration EARLIER = Duration.ofMinutes(1);

    private final MailboxLogin.OAuth2 login;
    private final MailboxLimits limits;
    private final TimeSource time;
    private final @Nullable RefreshToken refreshToken;
    private @Nullable String token;
    private boolean isFresh;
    private @Nullable Moment got;
    private Duration keep = Duration.ZERO;

    AccessTokens(MailboxLogin.OAuth2 login, MailboxLimits limits, TimeSource time) {
        this.login = login;
        this.limits = limits;
        this.time = time;
        this.refreshToken = login.refreshTokenFile() == null ? null : new RefreshToken(login.refreshTokenFile());
    }

    @Override
    public String get() throws MailboxTrouble {
        String kept = token;
        if (kept != null && got != null && time.now().since(got).compareTo(keep) < 0) {
            isFresh = false;
            return kept;
        }
        Moment asked = time.now();
        TokenAnswer answer = ask();
        token = answer.accessToken();
        got = asked;
        keep = answer.expiresIn().compareTo(EARLIER.multipliedBy(2)) > 0
                ? answer.expiresIn().minus(EARLIER)
                : answer.expiresIn().dividedBy(2);
        isFresh = true;
        return answer.accessToken();
    }

    /** A kept token may have been revoked; one that was just got would be refused again. */
    @Override
    public boolean renew() {
        token = null;
        return !isFresh;
    }

    private TokenAnswer ask() throws MailboxTrouble {
        HttpResponse<byte[]> response = post(form());
        TokenAnswer answer;
        try {
            answer = TokenAnswer.parse(response.body());
        } catch (IOException unreadable) {
            throw trouble("answers " + response.statusCode() + " with what is no JSON object of a token", null);
        }
        if (response.statusCode() != 200 || answer.accessToken().isEmpty()) {
            throw trouble("answers " + response.statusCode() + " " + answer.error(), null);
        }
        if (refreshToken != null) {
            String next = answer.refreshToken();
            refreshToken.replace(next == null ? refreshToken.get() : next);
        }
        return answer;
    }

    private Map<String, String> form() throws MailboxTrouble {
        Map<String, String> form = new LinkedHashMap<>();
        if (refreshToken == null) {
            form.put("grant_type", "client_credentials");
        } else {
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", refreshToken.get());
        }
        form.put("client_id", login.clientId());
        if (login.clientSecret() != null) {
            form.put("client_secret", login.clientSecret());
        }
        if (login.scope() != null) {
            form.put("scope", login.scope());
        }
        return form;
    }

    private HttpResponse<byte[]> post(Map<String, String> form) throws MailboxTrouble {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(login.tokenUrl())
                .timeout(limits.reply())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(limits.connect()).build()) {
            CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            try {
                // The request's own time-out ends with the answer's header.
                return answer.get(limits.reply().toMillis() * 2, TimeUnit.MILLISECONDS);
            } finally {
                client.shutdownNow();
            }
        } catch (ExecutionException failed) {
            throw trouble("cannot be asked: " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw trouble("does not answer in time", late);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw trouble("was not waited for", hurried);
        }
    }

    private MailboxTrouble trouble(String what, @Nullable Exception cause) {
        return new MailboxTrouble(Kind.TOKEN, "the token server " + login.tokenUrl() + " " + what, cause);
    }
}
