package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.protocol.Answers;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Exchange;

/** Reads a site's own dialogues, which checks hold with servers that Mailsonar does not know: see conf/dialogues.yaml. */
public final class DialoguesReader {

    private static final int MOST_EXCHANGES = 50;
    private static final int LONGEST_PATTERN = 500;
    private static final Pattern MEASURE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,40}");

    /** What every check measures. */
    private static final Set<String> OF_EVERY_CHECK = Set.of("time", "certificate_days");

    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final Answers NONE = new Answers(NEVER, NEVER, NEVER, null, null);

    private DialoguesReader() {}

    /** The dialogues of a file. */
    public static List<Dialogue> read(Path file) throws ConfigException {
        ConfigSection top = ConfigNode.read(file).section("dialogues");
        return read(top.required("dialogues", "[{scheme: sieve, port: 4190, exchanges: [{expect: OK}]}]"));
    }

    /** The dialogues of a list. */
    static List<Dialogue> read(ConfigNode list) throws ConfigException {
        List<Dialogue> dialogues = new ArrayList<>();
        Set<String> schemes = new HashSet<>();
        for (ConfigNode item : list.list()) {
            ConfigSection section = item.section("scheme", "port", "tls", "exchanges");
            ConfigNode scheme = section.required("scheme", "sieve");
            Dialogue dialogue = dialogue(section, scheme);
            if (ChecksReader.isBuiltIn(dialogue.scheme())) {
                throw scheme.error(
                        "Mailsonar has a dialogue of this name; choose another, such as my-" + dialogue.scheme());
            }
            if (!schemes.add(dialogue.scheme())) {
                throw scheme.error("there is another dialogue of this name; each has one of its own");
            }
            dialogues.add(dialogue);
        }
        return List.copyOf(dialogues);
    }

    private static Dialogue dialogue(ConfigSection section, ConfigNode scheme) throws ConfigException {
        String name = scheme.text();
        int port = section.optional("port", DialoguesReader::port, 0);
        boolean implicitTls = section.optional("tls", Quantities::yesOrNo, false);
        ConfigNode list = section.required("exchanges", "[{expect: OK}, {send: LOGOUT, role: farewell}]");
        List<Exchange> exchanges = new ArrayList<>();
        Set<String> counted = new HashSet<>(OF_EVERY_CHECK);
        for (ConfigNode item : list.list()) {
            exchanges.add(exchange(item, exchanges.isEmpty(), counted));
        }
        if (exchanges.isEmpty() || exchanges.size() > MOST_EXCHANGES) {
            throw list.error("there are 1 to " + MOST_EXCHANGES + " exchanges in a dialogue");
        }
        return scheme.check(() -> new Dialogue(name, port, implicitTls, exchanges));
    }

    private static Exchange exchange(ConfigNode item, boolean isFirst, Set<String> counted) throws ConfigException {
        ConfigSection section = item.section(
                "step",
                "stage",
                "when",
                "ifOffered",
                "send",
                "end",
                "replies",
                "expect",
                "reject",
                "defer",
                "role",
                "count");
        ConfigNode send = section.optional("send");
        String command = send == null ? "" : send.text();
        String step = section.optional("step", text -> text, command.isEmpty() ? "greeting" : firstWord(command));
        Trouble.Stage stage = section.optional(
                "stage", DialoguesReader::stage, isFirst ? Trouble.Stage.GREETING : Trouble.Stage.COMMAND);
        Exchange.When when = section.optional("when", word(Exchange.When.values()), Exchange.When.ALWAYS);
        Exchange.Role role = section.optional("role", word(Exchange.Role.values()), Exchange.Role.ORDINARY);
        Exchange.Ending ending = section.optional("end", word(Exchange.Ending.values()), Exchange.Ending.LINE);
        Answers answers = answers(section);
        ConfigNode offer = section.optional("ifOffered");
        Pattern ifOffered = offer == null ? null : offer.as(DialoguesReader::pattern);
        List<Exchange.Capture> captures = captures(section.optional("count"), counted);
        return (send == null ? item : send)
                .check(() -> new Exchange(step, stage, when, ifOffered, command, ending, answers, role, captures));
    }

    private static Answers answers(ConfigSection section) throws ConfigException {
        ConfigNode usual = section.optional("replies");
        ConfigNode expect = usual == null ? section.required("expect", "'OK'") : section.optional("expect");
        Answers base = usual == null ? NONE : usual.as(DialoguesReader::replies);
        return new Answers(
                expect == null ? base.good() : expect.as(DialoguesReader::pattern),
                section.optional("reject", DialoguesReader::pattern, base.rejected()),
                section.optional("defer", DialoguesReader::pattern, base.deferred()),
                null,
                null);
    }

    private static List<Exchange.Capture> captures(@Nullable ConfigNode list, Set<String> counted)
            throws ConfigException {
        List<Exchange.Capture> captures = new ArrayList<>();
        for (ConfigNode item : list == null ? List.<ConfigNode>of() : list.list()) {
            ConfigSection section = item.section("name", "unit", "pattern");
            ConfigNode place = section.required("name", "messages");
            String name = place.as(DialoguesReader::measure);
            // Monitoring systems see them in small letters.
            if (!counted.add(name.toLowerCase(Locale.ROOT))) {
                throw place.error("something else is counted by this name already; choose another");
            }
            String unit = section.optional("unit", DialoguesReader::unit, "");
            ConfigNode pattern = section.required("pattern", "'(\\d+) messages'");
            captures.add(pattern.as(text -> new Exchange.Capture(name, unit, pattern(text))));
        }
        return captures;
    }

    private static Pattern pattern(String text) {
        if (text.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("a pattern has at most " + LONGEST_PATTERN + " characters");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException("this is no regular expression: " + broken.getDescription()
                    + (broken.getIndex() < 0 ? "" : " at character " + (broken.getIndex() + 1)));
        }
    }

    private static Answers replies(String text) {
        return choose(text, Map.of("codes", Answers.CODES, "pop3", Answers.POP3, "imap", Answers.IMAP));
    }

    private static Trouble.Stage stage(String text) {
        return choose(
                text,
                Map.of(
                        "greeting", Trouble.Stage.GREETING,
                        "tls", Trouble.Stage.TLS,
                        "login", Trouble.Stage.LOGIN,
                        "command", Trouble.Stage.COMMAND));
    }

    /** The value that is called so in a file: {@code after-starttls} for AFTER_STARTTLS. */
    private static <E extends Enum<E>> ConfigNode.TextReader<E> word(E[] values) {
        return text -> {
            List<String> names = new ArrayList<>();
            for (E value : values) {
                String name = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (name.equals(text)) {
                    return value;
                }
                names.add(name);
            }
            throw new IllegalArgumentException("it is " + either(names) + ", not '" + text + "'");
        };
    }

    private static <T> T choose(String text, Map<String, T> values) {
        T value = values.get(text);
        if (value == null) {
            throw new IllegalArgumentException(
                    "it is " + either(values.keySet().stream().sorted().toList()) + ", not '" + text + "'");
        }
        return value;
    }

    private static String either(List<String> words) {
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private static String measure(String text) {
        if (!MEASURE.matcher(text).matches()) {
            throw new IllegalArgumentException("a name is a letter and up to 40 letters, digits, _ . and -");
        }
        if (text.toLowerCase(Locale.ROOT).startsWith("time_")) {
            throw new IllegalArgumentException("names that begin with time_ are those of the steps; choose another");
        }
        return text;
    }

    private static String unit(String text) {
        if (!List.of("s", "B", "%", "c").contains(text)) {
            throw new IllegalArgumentException(
                    "a unit is s, B, % or c (a counter that only grows), not '" + text + "'");
        }
        return text;
    }

    private static Integer port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not '" + text + "'");
        }
        return port;
    }

    private static String firstWord(String command) {
        int blank = command.indexOf(' ');
        return blank < 0 ? command : command.substring(0, blank);
    }
}
