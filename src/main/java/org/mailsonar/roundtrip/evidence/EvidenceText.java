package org.mailsonar.roundtrip.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Evidence as JSON. Instants are milliseconds since 1970, durations milliseconds, and what is empty is left out:
 *
 * <pre>{"there":{"hops":[{"time":1795050123000,"from":"a","by":"b","with":"ESMTPS","tls":"TLSv1.3","id":"4cXyZ","step":1000}],
 *  "auth":[{"server":"b","method":"spf","result":"pass","on":"smtp.mailfrom=…"}],"spam":[{"name":"X-Spam-Flag","value":"NO"}]},
 *  "back":{…},"legs":{"stamp":…,"agent":"b","there":…,"back":…,"skewed":true}}</pre>
 */
final class EvidenceText {

    private static final JsonFactory JSON = new JsonFactory();

    private EvidenceText() {}

    static String write(Passage there, Passage back, @Nullable Legs legs) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            passage(json, "there", there);
            passage(json, "back", back);
            if (legs != null) {
                json.writeObjectFieldStart("legs");
                json.writeNumberField("stamp", legs.stamp().toEpochMilli());
                word(json, "agent", legs.agent());
                json.writeNumberField("there", legs.there().toMillis());
                json.writeNumberField("back", legs.back().toMillis());
                json.writeBooleanField("skewed", legs.skewed());
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void passage(JsonGenerator json, String name, Passage passage) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("hops");
        for (Hop hop : passage.hops()) {
            hop(json, hop);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("auth");
        for (AuthenticationResult result : passage.authentication()) {
            result(json, result);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("spam");
        for (SpamSign sign : passage.spam()) {
            json.writeStartObject();
            word(json, "name", sign.name());
            word(json, "value", sign.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, AuthenticationResult result) throws IOException {
        json.writeStartObject();
        word(json, "server", result.server());
        word(json, "method", result.method());
        word(json, "result", result.result());
        word(json, "on", result.properties());
        json.writeEndObject();
    }

    private static void hop(JsonGenerator json, Hop hop) throws IOException {
        json.writeStartObject();
        if (hop.time() != null) {
            json.writeNumberField("time", hop.time().toEpochMilli());
        }
        word(json, "from", hop.from());
        word(json, "by", hop.by());
        word(json, "with", hop.protocol());
        word(json, "tls", hop.tls());
        word(json, "id", hop.queueId());
        if (hop.step() != null) {
            json.writeNumberField("step", hop.step().toMillis());
        }
        if (hop.skew() != null) {
            json.writeNumberField("skew", hop.skew().toMillis());
        }
        json.writeEndObject();
    }

    private static void word(JsonGenerator json, String name, String word) throws IOException {
        if (!word.isEmpty()) {
            json.writeStringField(name, word);
        }
    }

    static Optional<Evidence> read(String text) {
        Passage there = Passage.NONE;
        Passage back = Passage.NONE;
        Legs legs = null;
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "there" -> there = passage(parser);
                    case "back" -> back = passage(parser);
                    case "legs" -> legs = legs(fields(parser));
                    default -> parser.skipChildren();
                }
            }
            boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return whole ? Optional.of(new Evidence(there, back, legs)) : Optional.empty();
        } catch (IOException | DateTimeException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    private static Passage passage(JsonParser parser) throws IOException {
        List<Hop> hops = new ArrayList<>();
        List<AuthenticationResult> results = new ArrayList<>();
        List<SpamSign> signs = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "hops" -> objects(parser, fields -> hops.add(hop(fields)));
                case "auth" -> objects(parser, fields -> results.add(result(fields)));
                case "spam" ->
                    objects(parser, fields -> signs.add(new SpamSign(word(fields, "name"), word(fields, "value"))));
                default -> parser.skipChildren(); // of a later version
            }
        }
        return new Passage(hops, results, signs);
    }

    /** The objects of the list that begins here; all else is passed over. */
    private static void objects(JsonParser parser, Consumer<Map<String, String>> consumer) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (JsonToken token = parser.nextToken(); token != null && token != JsonToken.END_ARRAY; ) {
            if (token == JsonToken.START_OBJECT) {
                consumer.accept(fields(parser));
            } else {
                parser.skipChildren();
            }
            token = parser.nextToken();
        }
    }

    private static AuthenticationResult result(Map<String, String> fields) {
        return new AuthenticationResult(
                word(fields, "server"), word(fields, "method"), word(fields, "result"), word(fields, "on"));
    }

    private static Hop hop(Map<String, String> fields) {
        Long time = number(fields, "time");
        Long step = number(fields, "step");
        Long skew = number(fields, "skew");
        return new Hop(
                time == null ? null : Instant.ofEpochMilli(time),
                word(fields, "from"),
                word(fields, "by"),
                word(fields, "with"),
                word(fields, "tls"),
                word(fields, "id"),
                step == null ? null : Duration.ofMillis(step),
                skew == null ? null : Duration.ofMillis(skew));
    }

    private static @Nullable Legs legs(Map<String, String> fields) {
        Long stamp = number(fields, "stamp");
        Long there = number(fields, "there");
        Long back = number(fields, "back");
        if (stamp == null || there == null || back == null) {
            return null;
        }
        return new Legs(
                Instant.ofEpochMilli(stamp),
                word(fields, "agent"),
                Duration.ofMillis(there),
                Duration.ofMillis(back),
                word(fields, "skewed").equals("true"));
    }

    /** The plain fields of an object, as text. */
    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken().isScalarValue()) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private static String word(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    private static @Nullable Long number(Map<String, String> fields, String name) {
        try {
            return fields.containsKey(name) ? Long.valueOf(word(fields, name)) : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }
}
