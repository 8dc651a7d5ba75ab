package org.mailsonar.notify;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.time.TimeSource;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.Change;

/**
 * Tells Alertmanagers by their API v2 (POST /api/v2/alerts). A problem is an alert that ends at an instant still to come, which every
 * refresh moves on; one that is over is an alert that ends now. Alerts are the same where their labels are: so votes and causes, which
 * change, are annotations, and a target whose severity changes ends one alert and begins another.
 */
final class Alertmanager implements StandingNotifier {

    private static final int REFRESHES = 6;
    private static final int MOST_AT_ONCE = 500;
    private static final Duration TEST = Duration.ofMinutes(1);

    /** One alert of a request. */
    private record Alert(Map<String, String> labels, Notice notice, Instant starts, Instant ends) {}

    private final AlertmanagerSettings settings;
    private final TimeSource time;
    private final HttpDoor door;
    private final List<String> secrets;

    /** What was standing at the last refresh. */
    private Map<Map<String, String>, Notice> standing = Map.of();

    Alertmanager(AlertmanagerSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        String token = settings.token();
        this.secrets = token == null ? List.of() : List.of(token);
        this.door = new HttpDoor(settings.timeLimit(), secrets);
    }

    @Override
    public Duration every() {
        return settings.holdFor().dividedBy(REFRESHES);
    }

    @Override
    public Delivery deliver(Notice notice) {
        List<Alert> alerts = new ArrayList<>();
        Map<String, String> labels = labels(notice.change(), notice.kind());
        Change before = notice.before();
        if (before != null && Severity.of(before.verdict().state()) != null) {
            Map<String, String> told = labels(before, notice.kind());
            if (notice.severity() == null || !told.equals(labels)) {
                alerts.add(over(told, notice, before.verdict().since()));
            }
        }
        if (notice.severity() != null || notice.kind() == Notice.Kind.TEST) {
            alerts.add(firing(labels, notice));
        }
        return alerts.isEmpty() ? new Delivery.Delivered() : post(alerts);
    }

    /** What a late refresh of another monitor has set alight again is ended by the next refresh of that one. */
    @Override
    public synchronized Delivery refresh(List<Notice> notices) {
        Map<Map<String, String>, Notice> now = new LinkedHashMap<>();
        List<Alert> alerts = new ArrayList<>();
        for (Notice notice : notices) {
            Map<String, String> labels = labels(notice.change(), notice.kind());
            now.put(labels, notice);
            alerts.add(firing(labels, notice));
        }
        standing.forEach((labels, notice) -> {
            if (!now.containsKey(labels)) {
                alerts.add(over(labels, notice, notice.verdict().since()));
            }
        });
        for (int start = 0; start < alerts.size(); start += MOST_AT_ONCE) {
            if (post(alerts.subList(start, Math.min(alerts.size(), start + MOST_AT_ONCE)))
                    instanceof Delivery.Failed failed) {
                return failed;
            }
        }
        standing = now;
        return new Delivery.Delivered();
    }

    private Alert firing(Map<String, String> labels, Notice notice) {
        Instant now = time.now().wall();
        Instant ends = now.plus(notice.kind() == Notice.Kind.TEST ? TEST : settings.holdFor());
        return new Alert(labels, notice, earlier(notice.verdict().since(), now), ends);
    }

    private Alert over(Map<String, String> labels, Notice notice, Instant since) {
        Instant now = time.now().wall();
        return new Alert(labels, notice, earlier(since, now), now);
    }

    /** An alert that ends before it starts is refused. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Map<String, String> labels(Change change, Notice.Kind kind) {
        Map<String, String> labels = new LinkedHashMap<>();
        Severity severity = Severity.of(change.verdict().state());
        labels.put("alertname", kind == Notice.Kind.TEST ? "MailsonarTest" : "MailRoundTrip");
        labels.put("target", change.target());
        labels.put("severity", severity == null ? "none" : severity.text());
        if (!change.tags().isEmpty()) {
            labels.put("tags", String.join(",", change.tags()));
        }
        return labels;
    }

    /** One that takes it is enough, since they tell each other; the others are told at the next refresh. */
    private Delivery post(List<Alert> alerts) {
        String body = Json.document(json -> write(json, alerts));
        Delivery result = new Delivery.Failed("nobody was asked");
        boolean isTaken = false;
        for (URI url : settings.urls()) {
            HttpRequest.Builder request = HttpDoor.request(alertsOf(url))
                    .header("Content-Type", Template.Format.JSON.contentType())
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            secrets.forEach(token -> request.header("Authorization", "Bearer " + token));
            result = door.deliver(request.build());
            isTaken |= result instanceof Delivery.Delivered;
        }
        return isTaken ? new Delivery.Delivered() : result;
    }

    private static URI alertsOf(URI url) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v2/alerts");
    }

    private static void write(JsonGenerator json, List<Alert> alerts) throws IOException {
        json.writeStartArray();
        for (Alert alert : alerts) {
            json.writeStartObject();
            writeTexts(json, "labels", alert.labels());
            writeTexts(json, "annotations", annotations(alert.notice()));
            json.writeStringField("startsAt", UtcText.millis(alert.starts()));
            json.writeStringField("endsAt", UtcText.millis(alert.ends()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Map<String, String> annotations(Notice notice) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", notice.line());
        for (String name : List.of("state", "cause", "votes", "lastRoundTripSeconds", "command")) {
            annotations.put(name, notice.fields().getOrDefault(name, ""));
        }
        return annotations;
    }

    private static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    @Override
    public void close() {
        door.close();
    }
}
