package org.mailsonar.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.instance.EndpointInstances.Endpoint;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.config.ChecksReader;
import org.mailsonar.config.ConfigException;
import org.mailsonar.time.TimeSource;

/** Reads endpoints: {@code NAME=URL}, from the command line and from a file with one on each line. */
final class Endpoints {

    private static final int LONGEST_FILE = 4 * 1024 * 1024;

    private final ChecksReader checks = new ChecksReader(List.of(), Limits.DEFAULT, TimeSource.system());

    List<Endpoint> read(List<String> words, @Nullable String file) throws Command.UsageException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String word : words) {
            endpoints.add(endpoint(word, Path.of(""), "--endpoint"));
        }
        if (file != null) {
            Path path = Path.of(file).toAbsolutePath();
            Path directory = path.getParent() == null ? path : path.getParent();
            int number = 0;
            for (String line : text(path).split("\n", -1)) {
                number++;
                if (!line.isBlank() && !line.strip().startsWith("#")) {
                    endpoints.add(endpoint(line.strip(), directory, file + ":" + number));
                }
            }
        }
        return endpoints;
    }

    private Endpoint endpoint(String text, Path directory, String place) throws Command.UsageException {
        int equals = text.indexOf('=');
        int scheme = text.indexOf("://");
        if (equals < 1 || scheme < equals) {
            throw new Command.UsageException(
                    place + ": this is no endpoint; write for example store1=imaps://store1.company.test");
        }
        String url = text.substring(equals + 1).strip();
        try {
            return new Endpoint(
                    text.substring(0, equals).strip(),
                    url.substring(0, url.indexOf("://")),
                    checks.read(url, directory).check());
        } catch (IllegalArgumentException | ConfigException wrong) {
            throw new Command.UsageException(place + ": " + wrong.getMessage());
        }
    }

    private static String text(Path file) throws Command.UsageException {
        try (var input = Files.newInputStream(file)) {
            return new String(input.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new Command.UsageException("--endpoints: " + file + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "); name a file with lines NAME=URL");
        }
    }
}
