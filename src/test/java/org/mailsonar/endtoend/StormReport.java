package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.lab.SmtpSink;

/**
 * What became of the probes of a storm.
 *
 * @param accepted how many Postfix took
 * @param returned how many of them came back at least once
 * @param refused how many did not come back since their return was refused for good, and were said to be: by a bounce, or by a
 *     file with a reason
 * @param lost the ids of the others; there must be none
 * @param repeated how many returns came beyond the first one of each probe
 * @param kills how often the resident reflector was killed
 * @param pipeKills how many processes of pipe programs were killed
 */
record StormReport(
        int accepted,
        int returned,
        int refused,
        Set<String> lost,
        int repeated,
        int kills,
        int pipeKills,
        long seconds) {

    private static final Pattern RETURN =
            Pattern.compile("^Mailsonar-Return: 1; id=([0-9A-Z]{26});", Pattern.MULTILINE);
    private static final Pattern BOUNCE = Pattern.compile("probe\\+([0-9A-Za-z]{26})@");
    private static final Pattern PROBE = Pattern.compile("^Subject: Mailsonar probe ([0-9A-Z]{26})", Pattern.MULTILINE);

    static StormReport of(
            Set<String> accepted,
            List<SmtpSink.Delivery> returns,
            List<SmtpSink.Delivery> bounces,
            List<Path> failed,
            int kills,
            int pipeKills,
            long seconds)
            throws IOException {
        Map<String, Integer> returned = new HashMap<>();
        for (SmtpSink.Delivery delivery : returns) {
            returned.merge(id(RETURN, delivery.text()), 1, Integer::sum);
        }
        Set<String> told = new HashSet<>();
        for (SmtpSink.Delivery bounce : bounces) {
            told.add(id(BOUNCE, bounce.recipients().getFirst()).toUpperCase(Locale.ROOT));
        }
        for (Path file : failed) {
            told.add(id(PROBE, Files.readString(file, StandardCharsets.ISO_8859_1)));
        }
        told.removeAll(returned.keySet());
        Set<String> lost = new TreeSet<>(accepted);
        lost.removeAll(returned.keySet());
        lost.removeAll(told);
        return new StormReport(
                accepted.size(),
                returned.size(),
                told.size(),
                lost,
                returns.size() - returned.size(),
                kills,
                pipeKills,
                seconds);
    }

    @Override
    public String toString() {
        return """
                accepted by Postfix          %6d
                returned at least once       %6d
                refused for good, and told   %6d
                lost                         %6d %s
                returns beyond the first     %6d
                kill -9 of the resident      %6d
                kill -9 of pipe processes    %6d
                seconds                      %6d
                """.formatted(
                        accepted,
                        returned,
                        refused,
                        lost.size(),
                        lost.isEmpty() ? "" : lost,
                        repeated,
                        kills,
                        pipeKills,
                        seconds);
    }

    private static String id(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no probe's id in: " + text);
        }
        return matcher.group(1);
    }
}
