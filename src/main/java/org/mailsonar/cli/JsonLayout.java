package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/** One JSON object on each line of the log. What a message is about is in fields of its own; see {@link MessageEntry}. Thread-safe. */
final class JsonLayout extends AbstractStringLayout {

    private static final int MOST_FRAMES = 20;

    JsonLayout() {
        super(StandardCharsets.UTF_8);
    }

    @Override
    public String toSerializable(LogEvent event) {
        return JsonText.object(json -> {
                    Instant time = Instant.ofEpochSecond(
                            event.getInstant().getEpochSecond(),
                            event.getInstant().getNanoOfSecond());
                    json.writeStringField("time", UtcText.millis(time));
                    json.writeStringField("level", event.getLevel().name());
                    json.writeStringField("logger", lastPart(event.getLoggerName()));
                    if (event.getMessage() instanceof MessageEntry entry) {
                        entry.write(json);
                    } else {
                        json.writeStringField(
                                "text", OneLine.printable(event.getMessage().getFormattedMessage()));
                    }
                    if (event.getThrown() != null) {
                        write(event.getThrown(), json);
                    }
                })
                + '\n';
    }

    private static void write(Throwable thrown, JsonGenerator json) throws IOException {
        json.writeStringField("thrown", OneLine.printable(thrown.toString()));
        json.writeArrayFieldStart("at");
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            json.writeString(frames[i].toString());
        }
        json.writeEndArray();
    }

    private static String lastPart(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
