package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;

/** The log of a resident reflector: what is in it, and that mail does not depend on it. */
@NeedsPostfix // not for its Postfix, but for the mount namespaces that it needs too
class ReflectorLogIT {

    @TempDir
    private Path directory;

    private ReflectorSite site;

    @BeforeEach
    void prepare() throws IOException {
        site = ReflectorSite.in(directory);
    }

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void as_text_a_message_is_one_line_with_all_that_is_known() throws IOException {
        try (Program reflector = site.start()) {
            SignedProbe probe = SignedProbe.fresh();
            site.send(probe);
            assertThat(reflector.await("accepted from="))
                    .matches("2\\S+Z INFO  reflector accepted from=<"
                            + probe.sender().replace("+", "\\+")
                            + "> to=<webscout@company.test> client=127\\.0\\.0\\.1:\\d+ size=\\d+ id=" + probe.id()
                            + " reason=returned received=2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z took=\\d+ms"
                            + " probe " + probe.id() + " returned to return@monitor\\.test: 250 .*");
        }
    }

    @Test
    void as_json_every_line_is_an_object_and_a_message_has_fields() throws IOException {
        site.configure(site.good() + "logFormat: json\n");
        try (Program reflector = site.start()) {
            SignedProbe probe = SignedProbe.fresh();
            site.send(probe);
            site.send(SignedProbe.byStranger());
            Map<String, Object> accepted = object(reflector.await("\"accepted\""));
            assertThat(accepted)
                    .containsEntry("level", "INFO")
                    .containsEntry("logger", "reflector")
                    .containsEntry("disposition", "accepted")
                    .containsEntry("reason", "returned")
                    .containsEntry("probe", probe.id().toString())
                    .containsEntry("from", probe.sender())
                    .containsEntry("to", "webscout@company.test")
                    .containsEntry("truncated", "false")
                    .containsKeys("time", "client", "size", "tookMs", "text");
            assertThat(String.valueOf(accepted.get("received"))).matches("2\\d{3}-\\S+\\.\\d{6}Z");
            assertThat(object(reflector.await("\"unknown_key\"")))
                    .containsEntry("disposition", "unwanted")
                    .doesNotContainKey("probe");
            for (String line : reflector.errors().lines().toList()) {
                assertThat(object(line)).containsKeys("time", "level", "text");
            }

            site.configure(site.good());
            ReflectorSite.hangUp(reflector, " was read again: ");
            site.send(SignedProbe.fresh());
            reflector.await(" INFO  reflector accepted from=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2>/dev/full", "2>&-", "2>/dev/null"})
    void where_nothing_can_be_logged_mail_is_returned_all_the_same(String log) throws IOException {
        try (Program _ = shell("exec " + String.join(" ", site.command()) + " " + log)) {
            Poll.until("the listener", this::isListening);
            for (int i = 0; i < 20; i++) {
                assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            }
            assertThat(site.nextHop().waiting()).isEqualTo(20);
        }
    }

    @Test
    void a_full_disk_costs_lines_and_no_mail_and_lines_come_again_when_there_is_room() throws IOException {
        Path small = Files.createDirectory(directory.resolve("small"));
        // The file system is the program's alone; /proc shows it to the test, and it is gone with the program.
        try (Program reflector = shell("exec unshare --mount sh -c 'mount -t tmpfs -o size=64k none " + small
                + " && exec " + String.join(" ", site.command()) + " 2>>" + small + "/log'")) {
            Poll.until("the listener", this::isListening);
            Path seen = Path.of("/proc/" + reflector.id() + "/root" + small);
            fill(seen.resolve("filler"));
            long full = Files.size(seen.resolve("log"));
            for (int i = 0; i < 100; i++) {
                assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            }
            assertThat(Files.size(seen.resolve("log"))).as("full").isLessThan(full + 4096);
            Files.delete(seen.resolve("filler"));
            SignedProbe later = SignedProbe.fresh();
            assertThat(site.send(later)).startsWith("250");
            assertThat(Files.readString(seen.resolve("log"))).contains(" id=" + later.id() + " ");
            assertThat(site.nextHop().waiting()).isEqualTo(101);
        }
    }

    /** Writes until there is no room for a single byte more. */
    private static void fill(Path file) {
        byte[] page = new byte[4096];
        try (var output = Files.newOutputStream(file)) {
            while (true) {
                output.write(page);
            }
        } catch (IOException full) {
            // as wanted
        }
    }

    private boolean isListening() {
        try {
            return site.send(SignedProbe.byStranger()).startsWith("550");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Program shell(String script) {
        return Program.start(InstalledTree.environment(), "sh", "-c", script);
    }

    private static Map<String, Object> object(String line) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            assertThat(parser.nextToken()).as(line).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, parser.getText());
            }
            assertThat(parser.nextToken()).as(line).isNull();
        }
        return fields;
    }
}
