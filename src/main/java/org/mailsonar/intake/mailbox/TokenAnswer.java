package org.mailsonar.intake.mailbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a token server answers (RFC 6749 §5).
 *
 * @param accessToken empty where there is none
 * @param expiresIn how long it is good for; five minutes where the server does not say
 * @param refreshToken takes the place of the one that was used; null where that stays
 * @param error the code and the words of a refusal, for people
 */
record TokenAnswer(
        String accessToken, Duration expiresIn, @Nullable String refreshToken, String error) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long USUAL_SECONDS = 300;

    static TokenAnswer parse(byte[] json) throws IOException {
        String access = "";
        String refresh = null;
        String error = "";
        long seconds = USUAL_SECONDS;
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "access_token" -> access = parser.getValueAsString("");
                    case "refresh_token" -> refresh = parser.getValueAsString();
                    case "expires_in" -> seconds = parser.getValueAsLong(USUAL_SECONDS);
                    case "error" -> error = parser.getValueAsString("") + error;
                    case "error_description" -> error = error + " (" + parser.getValueAsString("") + ")";
                    default -> parser.skipChildren();
                }
            }
        }
        requireTokenCharacters(access);
        return new TokenAnswer(access, Duration.ofSeconds(Math.clamp(seconds, 1, 86_400)), refresh, error);
    }

    /** RFC 6750 §2.1; anything else could break out of the command that carries it. */
    private static void requireTokenCharacters(String token) throws IOException {
        if (token.chars().anyMatch(c -> c <= ' ' || c > 126)) {
            throw new IOException("no token");
        }
    }

    @Override
    public String toString() {
        return "TokenAnswer[expiresIn=" + expiresIn + ", error=" + error + "]";
    }
}
