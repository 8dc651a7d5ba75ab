package org.mailsonar.notify;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells an HTTP server by POST. */
final class Webhook implements Notifier {

    private final WebhookSettings settings;
    private final HttpDoor door;

    Webhook(WebhookSettings settings) {
        this.settings = settings;
        String token = settings.token();
        this.door = new HttpDoor(settings.timeLimit(), token == null ? List.of() : List.of(token));
    }

    @Override
    public Delivery deliver(Notice notice) {
        Map<String, String> fields = notice.fields();
        Template template = settings.template();
        Template.Format format = template == null ? Template.Format.JSON : template.format();
        String body = template == null ? Json.document(json -> write(json, notice, fields)) : template.filled(fields);
        HttpRequest.Builder request = HttpDoor.request(settings.url())
                .setHeader("Content-Type", format.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        settings.headers().forEach(request::setHeader);
        @Nullable String token = settings.token();
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        return door.deliver(request.build());
    }

    /** Numbers, truth values and lists as such; what is not known is null. */
    private static void write(JsonGenerator json, Notice notice, Map<String, String> fields) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            switch (field.getKey()) {
                case "problem" -> json.writeBoolean(notice.severity() != null);
                case "tags" ->
                    json.writeArray(
                            notice.change().tags().toArray(String[]::new),
                            0,
                            notice.change().tags().size());
                case "lastRoundTripSeconds", "lastReturn" -> {
                    if (field.getValue().isEmpty()) {
                        json.writeNull();
                    } else if (field.getKey().equals("lastReturn")) {
                        json.writeString(field.getValue());
                    } else {
                        json.writeNumber(field.getValue());
                    }
                }
                default -> json.writeString(field.getValue());
            }
        }
        json.writeEndObject();
    }

    @Override
    public void close() {
        door.close();
    }
}
