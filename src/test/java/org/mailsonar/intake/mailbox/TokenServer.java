package org.mailsonar.intake.mailbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token server on loopback (RFC 6749) that knows one client, gives a new refresh token with each answer to an old one, and tells a mail
 * server whether an access token is good (RFC 7662). Thread-safe.
 */
final class TokenServer implements AutoCloseable {

    static final String CLIENT = "mailsonar";
    static final String SECRET = "client-secret";

    private final HttpServer server;
    private final AtomicInteger given = new AtomicInteger();
    private final Map<String, String> good = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private volatile String user = "";
    private volatile long expiresIn = 3600;

    private TokenServer(HttpServer server) {
        this.server = server;
    }

    static TokenServer start() throws IOException {
        TokenServer tokens =
                new TokenServer(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10));
        tokens.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        tokens.server.createContext("/token", exchange -> tokens.answer(exchange, tokens::token));
        tokens.server.createContext("/introspect", exchange -> tokens.answer(exchange, tokens::introspect));
        tokens.server.start();
        return tokens;
    }

    String tokenUrl() {
        return url("/token");
    }

    String introspectionUrl() {
        return url("/introspect");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on tokens are given for this user's mailbox, and said to be good for so long. */
    void serve(String forUser, long seconds) {
        user = forUser;
        expiresIn = seconds;
        requests.clear();
    }

    /** A refresh token that can be used once. */
    void issue(String refreshToken) {
        refreshTokens.add(refreshToken);
    }

    /** No access token that was given is good any more. */
    void revokeAll() {
        good.clear();
    }

    /** The forms that were sent for tokens since {@link #serve}. */
    List<Map<String, String>> requests() {
        return List.copyOf(requests);
    }

    /** Whether this is a refresh token that can still be used. */
    boolean isIssued(String refreshToken) {
        return refreshTokens.contains(refreshToken);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private interface Answer {
        String to(Map<String, String> form);
    }

    private String token(Map<String, String> form) {
        requests.add(form);
        if (!CLIENT.equals(form.get("client_id")) || !SECRET.equals(form.get("client_secret"))) {
            return "{\"error\":\"invalid_client\"}";
        }
        String next = "";
        if ("refresh_token".equals(form.get("grant_type"))) {
            if (!refreshTokens.remove(form.getOrDefault("refresh_token", ""))) {
                return "{\"error\":\"invalid_grant\",\"error_description\":\"used before\"}";
            }
            String refresh = "refresh-" + given.incrementAndGet();
            refreshTokens.add(refresh);
            next = ",\"refresh_token\":\"" + refresh + "\"";
        }
        String token = "access-" + given.incrementAndGet();
        good.put(token, user);
        return "{\"token_type\":\"Bearer\",\"ext\":{\"a\":[1]},\"access_token\":\"" + token + "\",\"expires_in\":"
                + expiresIn + next + "}";
    }

    private String introspect(Map<String, String> form) {
        String name = good.get(form.getOrDefault("token", ""));
        return name == null
                ? "{\"active\":false}"
                : "{\"active\":true,\"username\":\"" + name + "\",\"scope\":\"mail\"}";
    }

    private void answer(HttpExchange exchange, Answer answer) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] reply = answer.to(form(body)).getBytes(StandardCharsets.UTF_8);
            boolean refused = new String(reply, StandardCharsets.UTF_8).startsWith("{\"error");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(refused ? 400 : 200, reply.length);
            exchange.getResponseBody().write(reply);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
