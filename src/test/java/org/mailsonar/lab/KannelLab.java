package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailsonar.testing.FreePorts;

/**
 * One running Kannel: bearerbox, smsbox with {@code sendsms} on a free loopback port, and its fake SMS centre, which prints what it gets.
 * Bearerbox takes the centre from 127.0.0.1 alone, though that one port cannot be told to listen there alone. {@link #close} ends
 * all three and removes their files.
 */
public final class KannelLab implements AutoCloseable {

    /** Who may send. */
    public static final String USER = "mailsonar";

    static final String CENTRE = "/usr/lib/kannel/test/fakesmsc";

    private static final Pattern MESSAGE =
            Pattern.compile("Got message \\d+: <(\\S+) (\\S+) (?:udh \\S+ )?(text|data) (.*)>");

    /** A short message as the centre got it. */
    public record ShortMessage(String from, String to, String text) {}

    private final Path directory;
    private final int port;
    private final List<Daemon> daemons = new ArrayList<>();

    private KannelLab(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts one whose user has this password. */
    public static KannelLab start(String password) throws IOException {
        Path directory = Files.createTempDirectory("mailsonar-kannel-");
        int port = FreePorts.next();
        int boxes = FreePorts.next();
        int centre = FreePorts.next();
        Path configuration = Files.writeString(
                directory.resolve("kannel.conf"),
                Resource.text("kannel.conf")
                        .replace("ADMIN_PORT", Integer.toString(FreePorts.next()))
                        .replace("BOX_PORT", Integer.toString(boxes))
                        .replace("CENTRE_PORT", Integer.toString(centre))
                        .replace("SENDSMS_PORT", Integer.toString(port))
                        .replace("STORE", directory.resolve("store").toString())
                        .replace("USER", USER)
                        .replace("PASSWORD", password));
        KannelLab lab = new KannelLab(directory, port);
        try {
            lab.run("bearerbox", "/usr/sbin/bearerbox", configuration.toString())
                    .awaitLog("MAIN: Start-up done, entering mainloop");
            lab.run("smsbox", "/usr/sbin/smsbox", configuration.toString()).awaitLog("Connected to bearerbox");
            lab.run("centre", CENTRE, "-H", "127.0.0.1", "-r", Integer.toString(centre), "-m", "0", "1 2 text none");
            lab.daemons.getFirst().awaitLog("Fakesmsc client connected");
            return lab;
        } catch (IOException | IllegalStateException e) {
            lab.close();
            throw e;
        }
    }

    private Daemon run(String name, String... command) throws IOException {
        Daemon daemon = Daemon.start(directory.resolve(name + ".log"), List.of(command));
        daemons.add(daemon);
        return daemon;
    }

    /** Where {@code sendsms} is. */
    public URI sendsms() {
        return URI.create("http://127.0.0.1:" + port + "/cgi-bin/sendsms");
    }

    /** Waits until the centre has got so many messages, and returns all. */
    public List<ShortMessage> awaitMessages(int count) {
        Daemon centre = daemons.getLast();
        return Poll.value(
                count + " messages at the SMS centre",
                () -> Optional.of(
                                centre.log().lines().flatMap(KannelLab::message).toList())
                        .filter(messages -> messages.size() >= count));
    }

    private static Stream<ShortMessage> message(String line) {
        Matcher matcher = MESSAGE.matcher(line);
        if (!matcher.find()) {
            return Stream.empty();
        }
        String text = matcher.group(4);
        boolean isEncoded = matcher.group(3).equals("data"); // as the parts of a longer text are
        return Stream.of(new ShortMessage(
                matcher.group(1),
                matcher.group(2),
                isEncoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text));
    }

    @Override
    public void close() {
        daemons.reversed().forEach(Daemon::close);
        remove(directory);
    }

    /** Removes a directory of files. */
    static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
