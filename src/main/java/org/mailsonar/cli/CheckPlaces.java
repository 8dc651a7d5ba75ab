package org.mailsonar.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.protocol.CheckUrl;
import org.mailsonar.config.ChecksReader;
import org.mailsonar.config.ConfigException;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.TimeSource;

/** Collects what is to be looked at. A URL that is no good becomes a check that says so, and all others are still done. */
final class CheckPlaces {

    private static final long LONGEST_LIST = 16L * 1024 * 1024;
    private static final int LONGEST_SHOWN = 120;

    private final ChecksReader reader;
    private final TimeSource time;
    private final List<ChecksReader.Place> places = new ArrayList<>();

    CheckPlaces(ChecksReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    /** All so far, in their order. */
    List<ChecksReader.Place> all() {
        return List.copyOf(places);
    }

    /** Adds the URLs of a list, one on each line; empty lines and those that begin with a # are left out. */
    void addFrom(Path list) throws Command.UsageException {
        Path directory = list.toAbsolutePath().getParent();
        for (String line : read(list).lines().map(String::strip).toList()) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                add(line, directory == null ? Path.of("") : directory);
            }
        }
    }

    /** Adds a URL; relative names of files in it are relative to the directory. */
    void add(String url, Path directory) {
        try {
            places.add(reader.read(url, directory));
        } catch (ConfigException wrong) {
            places.add(new ChecksReader.Place(url, new Unusable(shown(url), String.valueOf(wrong.getMessage()), time)));
        }
    }

    private static String read(Path list) throws Command.UsageException {
        try {
            if (Files.size(list) > LONGEST_LIST) {
                throw new Command.UsageException(list + " is longer than 16 MiB, so it is no list of URLs");
            }
            return Files.readString(list, StandardCharsets.UTF_8);
        } catch (CharacterCodingException otherCharset) {
            throw new Command.UsageException(list + " is not UTF-8; save it as UTF-8");
        } catch (IOException unreadable) {
            throw new Command.UsageException(list + (Files.exists(list) ? " cannot be read" : " is missing")
                    + "; name a file with a URL on each line");
        }
    }

    /** As much of a URL that was not understood as can hold no secret. */
    static String shown(String url) {
        int scheme = url.indexOf("://");
        if (CheckUrl.mayHoldPassword(url)) {
            return OneLine.printable(url.substring(0, Math.min(scheme, LONGEST_SHOWN)) + "://…");
        }
        int end = url.length();
        for (char c : new char[] {'?', '#'}) {
            int at = url.indexOf(c);
            end = at < 0 ? end : Math.min(end, at);
        }
        String place = url.substring(0, end);
        int at = place.lastIndexOf('@');
        if (at >= 0) {
            place = (scheme >= 0 && scheme < at ? place.substring(0, scheme + 3) : "") + "…" + place.substring(at);
        }
        return OneLine.printable(place.length() > LONGEST_SHOWN ? place.substring(0, LONGEST_SHOWN) + "…" : place);
    }

    /** Says why a URL cannot be looked at. */
    private record Unusable(String name, String reason, TimeSource time) implements Check {

        @Override
        public CheckResult run() {
            return new CheckResult(
                    name,
                    CheckResult.State.UNKNOWN,
                    reason,
                    time.now().wall(),
                    Duration.ZERO,
                    List.of(),
                    List.of(),
                    new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED),
                    null,
                    "");
        }
    }
}
