package org.mailsonar.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends short messages by an HTTP server, a request for each number. A number that has got a notice is not sent the same one again while
 * others have to be tried again.
 */
final class SmsGateway implements Notifier {

    private static final int REMEMBERED = 1000;

    private final SmsSettings settings;
    private final HttpDoor door;
    private final Set<String> sent = new LinkedHashSet<>();

    SmsGateway(SmsSettings settings) {
        this.settings = settings;
        this.door = new HttpDoor(
                settings.timeLimit(), List.of(settings.password(), encoded(settings.password()), basic(settings)));
    }

    @Override
    public Delivery deliver(Notice notice) {
        String text = GsmText.of(notice, settings.segments());
        List<String> troubles = new ArrayList<>();
        for (String number : settings.to()) {
            String mark = notice.id() + " " + number;
            if (!isSent(mark)) {
                switch (send(number, text)) {
                    case Delivery.Delivered _ -> remember(mark);
                    case Delivery.Failed(String why) -> troubles.add(why);
                }
            }
        }
        return troubles.isEmpty()
                ? new Delivery.Delivered()
                : new Delivery.Failed(troubles.getFirst()
                        + (settings.to().size() == 1
                                ? ""
                                : " (" + troubles.size() + " of "
                                        + settings.to().size() + " numbers)"));
    }

    private synchronized boolean isSent(String mark) {
        return sent.contains(mark);
    }

    private synchronized void remember(String mark) {
        sent.add(mark);
        if (sent.size() > REMEMBERED) {
            sent.remove(sent.iterator().next());
        }
    }

    private Delivery send(String number, String text) {
        return door.deliver(
                switch (settings.gateway()) {
                    case KANNEL -> kannel(number, text);
                    case FORM -> form(number, text);
                });
    }

    /** Kannel User's Guide, "Using the HTTP interface to send SMS messages". */
    private HttpRequest kannel(String number, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", settings.user());
        fields.put("password", settings.password());
        fields.put("from", settings.from());
        fields.put("to", number);
        fields.put("coding", "0");
        fields.put("charset", "UTF-8");
        fields.put("text", text);
        String query = settings.url().getRawQuery();
        String url = settings.url().toString();
        return HttpDoor.request(URI.create(url + (query == null ? "?" : "&") + encoded(fields)))
                .GET()
                .build();
    }

    private HttpRequest form(String number, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", number);
        fields.put("From", settings.from());
        fields.put("Body", text);
        return HttpDoor.request(settings.url())
                .header("Authorization", "Basic " + basic(settings))
                .header("Content-Type", Template.Format.FORM.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
                .build();
    }

    private static String basic(SmsSettings settings) {
        return Base64.getEncoder()
                .encodeToString((settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        door.close();
    }
}
