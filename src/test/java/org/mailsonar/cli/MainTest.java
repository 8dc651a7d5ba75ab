package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.TrustedKey;

class MainTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private final String home = System.getProperty("user.home", "");

    @AfterEach
    void restore() {
        System.setProperty("user.home", home);
        System.clearProperty("mailsonar.root");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prob|mailsonar: there is no command 'prob'; mailsonar --help lists them",
                "-x|mailsonar: there is no command '-x'; mailsonar --help lists them",
                "probe --wat x|mailsonar probe: Unrecognized option: --wat; see mailsonar probe --help",
                "probe --conf x|mailsonar probe: Unrecognized option: --conf; see mailsonar probe --help",
                "probe|mailsonar probe: one target is needed; see mailsonar probe --help",
                "probe a b|mailsonar probe: one target is needed, not 2; see mailsonar probe --help",
                "probe a --config|mailsonar probe: Missing argument for option: config; see mailsonar probe --help",
                "probe a --format xml|mailsonar probe: --format is text, json or nagios, not 'xml'; see mailsonar probe --help",
                "status company|mailsonar status: 'company' is not understood here; see mailsonar status --help",
                "monitor x|mailsonar monitor: 'x' is not understood here; see mailsonar monitor --help",
                "reflector x|mailsonar reflector: 'x' is not understood here; see mailsonar reflector --help",
                "demo x|mailsonar demo: 'x' is not understood here; see mailsonar demo --help",
                "keygen|mailsonar keygen: --out DIR is needed; see mailsonar keygen --help",
                "keygen --out|mailsonar keygen: Missing argument for option: out; see mailsonar keygen --help",
                "config|mailsonar config: one word 'check' is needed; see mailsonar config --help",
                "config schema|mailsonar config: the word behind config is check; see mailsonar config --help",
                "config check|mailsonar config: name a file with --monitor or --reflector; see mailsonar config --help",
                "status --config /none.yaml|mailsonar status: /none.yaml: there is no such file; name one with --config"
            })
    void a_mistake_is_one_line_and_status_3(String call, String told) {
        assertThat(terminal.run(call.split(" "))).isEqualTo(3);
        assertThat(terminal.messages()).containsExactly(told);
        assertThat(terminal.results()).isEmpty();
    }

    @Test
    void line_ends_in_an_argument_do_not_make_two_lines() {
        assertThat(terminal.run("a\nb")).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("mailsonar: there is no command 'a?b'; mailsonar --help lists them");
    }

    @Test
    void an_impossible_path_is_one_line() {
        assertThat(terminal.run("status", "--config", "a\0b")).isEqualTo(3);
        assertThat(terminal.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "keygen",
                "probe",
                "monitor",
                "status",
                "history",
                "show",
                "measure",
                "check",
                "ack",
                "notify",
                "reflector",
                "config"
            })
    void each_command_has_help(String command) {
        assertThat(terminal.run(command, "--help")).isZero();
        assertThat(terminal.results()).first().asString().startsWith("mailsonar " + command);
        assertThat(terminal.results()).anyMatch(line -> line.startsWith("  -h, --help"));
        assertThat(terminal.messages()).isEmpty();
    }

    @Test
    void help_lists_all_commands() {
        assertThat(terminal.run("--help")).isZero();
        List<String> help = terminal.results();
        assertThat(List.of(
                        "demo",
                        "keygen",
                        "probe",
                        "monitor",
                        "status",
                        "history",
                        "show",
                        "measure",
                        "check",
                        "ack",
                        "notify",
                        "reflector",
                        "config",
                        "reflect",
                        "receive"))
                .allMatch(command -> help.stream().anyMatch(line -> line.startsWith("  " + command + " ")));
        assertThat(terminal.run()).isEqualTo(3);
        assertThat(terminal.results()).isEqualTo(help);
    }

    @Test
    void the_version_is_one_line() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.results()).singleElement().asString().startsWith("mailsonar ");
    }

    @Test
    void keys_are_made_once_and_can_be_read() throws Exception {
        Path keys = directory.resolve("new/keys");
        assertThat(terminal.run("keygen", "--out", keys.toString())).isZero();
        assertThat(terminal.results())
                .containsExactly(
                        keys + "/monitor.key  private: keep it on the monitor, readable by it alone",
                        keys + "/monitor.pub  public: copy it to each reflector and name it under trust");
        assertThat(KeyFiles.readPair(keys.resolve("monitor.key")).getPublic().getAlgorithm())
                .isEqualTo("EdDSA");
        byte[] before = Files.readAllBytes(keys.resolve("monitor.key"));
        assertThat(terminal.run("keygen", "--out", keys.toString())).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("mailsonar keygen: key file " + keys
                        + "/monitor.pub: is there already and is not overwritten; choose another directory");
        assertThat(Files.readAllBytes(keys.resolve("monitor.key"))).isEqualTo(before);
    }

    @Test
    void a_reflectors_key_has_another_name_and_other_places_to_go() throws Exception {
        assertThat(terminal.run("keygen", "--out", directory.toString(), "--name", "reflector"))
                .isZero();
        assertThat(terminal.results())
                .containsExactly(
                        directory
                                + "/reflector.key  private: keep it on the reflector, readable by it alone, and name it as signWith",
                        directory
                                + "/reflector.pub  public: copy it to each monitor and name it as the target's returnKey");
        assertThat(TrustedKey.of(
                        KeyFiles.readPair(directory.resolve("reflector.key")).getPublic()))
                .isEqualTo(KeyFiles.readPublic(directory.resolve("reflector.pub")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../reflector", "-x", "a b", "\u00e4", "a\0b"})
    void a_key_has_a_plain_name(String name) {
        assertThat(terminal.run("keygen", "--out", directory.toString(), "--name", name))
                .isEqualTo(3);
        assertThat(terminal.messages()).singleElement().asString().startsWith("mailsonar keygen: ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void keys_go_nowhere_where_they_cannot_be_written() {
        assertThat(terminal.run("keygen", "--out", "/proc/none")).isEqualTo(3);
        assertThat(terminal.messages()).hasSize(1);
    }

    @Test
    void the_shipped_files_are_good() throws IOException {
        ConfigDirectory conf = ConfigDirectory.in(directory);
        Path monitor = conf.file("monitor.yaml", Files.readString(Path.of("conf/monitor.yaml")));
        Path reflector = conf.file("reflector.yaml", Files.readString(Path.of("conf/reflector.yaml")));
        assertThat(terminal.run("config", "check", "--monitor", "" + monitor, "--reflector", "" + reflector))
                .isZero();
        assertThat(terminal.results())
                .containsExactly(
                        monitor + ": good, 1 target(s), 0 check(s), probes leave by smtp://127.0.0.1:25",
                        "  company: told down at most 40 min 30 s after a fault (20 min + 10 min + 30 s + 10 min)",
                        reflector + ": good, 1 trusted key(s), returns leave by smtp://127.0.0.1:25");
        assertThat(terminal.messages()).isEmpty();
    }

    @Test
    void a_bad_file_is_named_with_line_and_key() {
        Path bad = ConfigDirectory.in(directory).file("reflector.yaml", "\nadress: x\n");
        assertThat(terminal.run("config", "check", "--reflector", bad.toString()))
                .isEqualTo(3);
        assertThat(terminal.messages())
                .singleElement()
                .asString()
                .startsWith("mailsonar config: " + bad + ":2: adress: there is no such key, did you mean 'address'?");
    }

    @Test
    void a_reflector_with_nothing_to_listen_on_does_not_start() throws IOException {
        String shipped = Files.readString(Path.of("conf/reflector.yaml"));
        Path file = ConfigDirectory.in(directory)
                .file("reflector.yaml", shipped.replace("listen:\n  - smtp://127.0.0.1:2525\n", ""));
        assertThat(terminal.run("reflector", "--config", file.toString())).isEqualTo(3);
        assertThat(terminal.messages()).hasSize(1);
    }

    @Test
    void the_named_file_goes_before_that_of_the_home_and_that_before_the_installed_one() throws IOException {
        System.setProperty("user.home", directory.toString());
        System.setProperty("mailsonar.root", "/opt/mailsonar");
        String name = "only-in-this-test.yaml";
        assertThat(ConfigFiles.find(null, name)).isEqualTo(Path.of("/opt/mailsonar/conf", name));
        System.clearProperty("mailsonar.root");
        assertThat(ConfigFiles.find(null, name)).isEqualTo(Path.of("/etc/mailsonar", name));
        Path home = Files.createDirectory(directory.resolve(".mailsonar")).resolve(name);
        Files.createFile(home);
        assertThat(ConfigFiles.find(null, name)).isEqualTo(home);
        assertThat(ConfigFiles.find(Path.of("named"), name)).isEqualTo(Path.of("named"));
    }
}
