package org.mailsonar.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.notify.AlertmanagerSettings;
import org.mailsonar.notify.ExecSettings;
import org.mailsonar.notify.HttpUrl;
import org.mailsonar.notify.MailSettings;
import org.mailsonar.notify.SmsSettings;
import org.mailsonar.notify.SyslogSettings;
import org.mailsonar.notify.Template;
import org.mailsonar.notify.WaySettings;
import org.mailsonar.notify.WebhookSettings;
import org.mailsonar.relay.RelaySettings;

/** Reads one way by which people are told: a name, and one key that says of which kind it is. */
final class WayReader {

    /** The kinds. */
    private static final List<String> KINDS =
            List.of("webhook", "kannel", "smsForm", "alertmanager", "exec", "syslog", "mail");

    /** What a way may have. */
    static final String[] KEYS = {"name", "webhook", "kannel", "smsForm", "alertmanager", "exec", "syslog", "mail"};

    private static final Duration USUAL_LIMIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_FOR_ALL = Duration.ofSeconds(90);

    private WayReader() {}

    static WaySettings read(ConfigSection section) throws ConfigException {
        List<String> kinds = new ArrayList<>();
        for (String kind : KINDS) {
            if (section.optional(kind) != null) {
                kinds.add(kind);
            }
        }
        if (kinds.size() != 1) {
            throw section.place()
                    .error((kinds.isEmpty()
                                    ? "nothing says what way this is"
                                    : "this is two ways in one: " + String.join(", ", kinds))
                            + "; write one of " + String.join(", ", KINDS));
        }
        String kind = kinds.getFirst();
        ConfigNode node = section.required(kind, "");
        return switch (kind) {
            case "webhook" -> webhook(node);
            case "kannel" -> sms(node, SmsSettings.Gateway.KANNEL);
            case "smsForm" -> sms(node, SmsSettings.Gateway.FORM);
            case "alertmanager" -> alertmanager(node);
            case "exec" -> exec(node);
            case "syslog" -> node.as(SyslogSettings::parse);
            default -> mail(node);
        };
    }

    private static WaySettings webhook(ConfigNode node) throws ConfigException {
        if (!node.isSection()) {
            URI url = node.as(HttpUrl::parse);
            return node.check(() -> new WebhookSettings(url, Map.of(), null, null, USUAL_LIMIT));
        }
        ConfigSection section = node.section(
                "url", "urlFile", "urlEnv", "headers", "tokenFile", "tokenEnv", "template", "format", "timeLimit");
        URI url = UrlReader.secretOrNot(section);
        Map<String, String> headers = headers(section.optional("headers"));
        String token = Secrets.secret(section, "token");
        Template template = template(section);
        Duration limit = limit(section);
        return node.check(() -> new WebhookSettings(url, headers, token, template, limit));
    }

    private static Map<String, String> headers(@Nullable ConfigNode node) throws ConfigException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            String header = item.text();
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).strip();
            String value = header.substring(colon + 1).strip();
            if (!name.matches("[A-Za-z0-9-]+") || !value.matches("[ -~]+")) {
                throw item.error("this is no header; write for example \"X-Priority: high\"");
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (List.of("authorization", "cookie", "proxy-authorization").contains(lower)) {
                throw item.error("a secret never stands in this file; use tokenFile or tokenEnv");
            }
            if (List.of(
                            "host",
                            "content-length",
                            "connection",
                            "expect",
                            "upgrade",
                            "content-type",
                            "transfer-encoding")
                    .contains(lower)) {
                throw item.error("this header is set by the program; remove it");
            }
            headers.put(name, value);
        }
        return headers;
    }

    private static @Nullable Template template(ConfigSection section) throws ConfigException {
        ConfigNode format = section.optional("format");
        ConfigNode node = section.optional("template");
        if (node == null) {
            if (format != null) {
                throw format.error("there is no template of this format; add one, or remove format");
            }
            return null;
        }
        Template.Format kind = format == null ? Template.Format.JSON : format.as(Template.Format::parse);
        return node.as(text -> new Template(text, kind));
    }

    private static WaySettings sms(ConfigNode node, SmsSettings.Gateway gateway) throws ConfigException {
        ConfigSection section =
                node.section("url", "user", "passwordFile", "passwordEnv", "from", "to", "segments", "timeLimit");
        URI url = section.required("url", "http://127.0.0.1:13013/cgi-bin/sendsms")
                .as(HttpUrl::parse);
        String user = section.required("user", "mailsonar").text();
        String password = Secrets.password(section);
        if (password == null) {
            throw section.place().error("nothing proves who sends; add for example: passwordFile: secrets/sms");
        }
        String from = section.optional("from", text -> text, "");
        ConfigNode toNode = section.required("to", "[\"+61400000001\"]");
        List<String> to = toNode.listOf(SmsSettings::number);
        int segments = section.optional("segments", Quantities::number, 2);
        Duration limit = limit(section);
        if (limit.multipliedBy(to.size()).compareTo(LONGEST_FOR_ALL) > 0) {
            throw toNode.error(
                    "so many numbers take more than 90s at worst; make another way of some, or shorten timeLimit");
        }
        return node.check(() -> new SmsSettings(gateway, url, user, password, from, to, segments, limit));
    }

    private static WaySettings alertmanager(ConfigNode node) throws ConfigException {
        if (!node.isSection()) {
            URI url = node.as(HttpUrl::parse);
            return node.check(
                    () -> new AlertmanagerSettings(List.of(url), null, AlertmanagerSettings.HOLD_FOR, USUAL_LIMIT));
        }
        ConfigSection section = node.section("urls", "tokenFile", "tokenEnv", "holdFor", "timeLimit");
        List<URI> urls = section.required("urls", "[http://127.0.0.1:9093]").listOf(HttpUrl::parse);
        String token = Secrets.secret(section, "token");
        Duration holdFor = section.optional("holdFor", Quantities::duration, AlertmanagerSettings.HOLD_FOR);
        Duration limit = limit(section);
        return node.check(() -> new AlertmanagerSettings(urls, token, holdFor, limit));
    }

    private static WaySettings exec(ConfigNode node) throws ConfigException {
        ConfigNode commandNode = node;
        Duration limit = USUAL_LIMIT;
        if (node.isSection()) {
            ConfigSection section = node.section("command", "timeLimit");
            commandNode = section.required("command", "[/usr/local/bin/page, night]");
            limit = limit(section);
        }
        List<String> command = commandNode.listOf(text -> text);
        Duration timeLimit = limit;
        return commandNode.check(() -> new ExecSettings(command, timeLimit));
    }

    private static WaySettings mail(ConfigNode node) throws ConfigException {
        ConfigSection section = node.section("from", "to", "relay");
        RelaySettings relay = RelayReader.read(section.required("relay", "smtp://mail.elsewhere.test:25"));
        EmailAddress from = section.required("from", "mailsonar@monitor.test").as(EmailAddress::parse);
        List<EmailAddress> to = section.required("to", "[admin@elsewhere.test]").listOf(EmailAddress::parse);
        return node.check(() -> new MailSettings(relay, from, to));
    }

    /** While it lasts, no other monitor is given the same notice. */
    private static Duration limit(ConfigSection section) throws ConfigException {
        ConfigNode node = section.optional("timeLimit");
        Duration limit = node == null ? USUAL_LIMIT : node.as(Quantities::duration);
        if (node != null && limit.compareTo(LONGEST_LIMIT) > 0) {
            throw node.error("timeLimit is 1m at most");
        }
        return limit;
    }
}
