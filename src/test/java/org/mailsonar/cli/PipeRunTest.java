package org.mailsonar.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.config.PipeLogSettings;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.RelaySettings;

class PipeRunTest {

    @TempDir
    private Path directory;

    @Test
    void the_status_is_what_becomes_of_the_message() throws IOException {
        assertThat(run(mail -> new Disposition.Accepted("x"))).isZero();
        assertThat(run(mail -> new Disposition.Discarded("x"))).isZero();
        assertThat(run(mail -> new Disposition.Unwanted("x"))).isZero();
        assertThat(run(mail -> new Disposition.Failed("x"))).isEqualTo(69);
        assertThat(run(mail -> new Disposition.Deferred("x"))).isEqualTo(75);
        assertThat(log())
                .extracting(line -> line.replaceAll("^[^ ]+ ", "").replaceAll("\\[\\d+]", ""))
                .allMatch(line ->
                        line.contains(" from=<> to=<webscout@company.test> client=pipe size=0 reason=other received=2"))
                .hasSize(5);
    }

    @Test
    void whatever_the_handler_throws_the_mail_comes_again() throws IOException {
        List<Throwable> failures = List.of(
                new IllegalStateException("no luck"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new NoClassDefFoundError("x\ny"),
                new AssertionError());
        for (Throwable failure : failures) {
            assertThat(run(mail -> {
                        throw PipeRunTest.<RuntimeException>unchecked(failure);
                    }))
                    .isEqualTo(75);
        }
        assertThat(log()).hasSize(5).allMatch(line -> line.contains("deferred"));
        assertThat(log().get(3)).endsWith("deferred: unexpected java.lang.NoClassDefFoundError: x?y");
    }

    @Test
    void a_message_that_breaks_off_comes_again() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThat(pipe(mail -> new Disposition.Accepted("x")).run(new String[0], broken, nowhere(), Map.of()))
                .isEqualTo(75);
    }

    @Test
    void trouble_at_opening_and_closing_defers() {
        PipeRun opening = new PipeRun("test", config -> {
            throw new OutOfMemoryError("none left");
        });
        assertThat(opening.run(new String[0], nothing(), nowhere(), Map.of())).isEqualTo(75);
        PipeRun closing = new PipeRun(
                "test",
                config -> side(mail -> new Disposition.Accepted("x"), () -> {
                    throw new IOException("cannot close");
                }));
        assertThat(closing.run(new String[0], nothing(), nowhere(), Map.of())).isEqualTo(75);
    }

    @Test
    void a_broken_configuration_defers() {
        Path broken = ConfigDirectory.in(directory).file("reflector.yaml", "relays: x\n");
        String[] call = {"--config", broken.toString()};
        assertThat(PipeMain.RUN.run(call, nothing(), nowhere(), Map.of())).isEqualTo(75);
        String[] missing = {"--config", directory.resolve("none").toString()};
        assertThat(PipeMain.RUN.run(missing, nothing(), nowhere(), Map.of())).isEqualTo(75);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--confg", "-x", "--config", "--help"})
    void an_unknown_option_and_a_lacking_value_defer(String argument) {
        assertThat(pipe(mail -> new Disposition.Accepted("x"))
                        .run(new String[] {argument}, nothing(), nowhere(), Map.of()))
                .isEqualTo(75);
    }

    @Test
    void a_message_file_is_read_instead_of_standard_input() throws IOException {
        Path message = Files.writeString(directory.resolve("message"), "Subject: from a file\n\n");
        MailHandler handler = mail -> mail.message().first("Subject").isPresent()
                ? new Disposition.Accepted("x")
                : new Disposition.Deferred("the wrong one");
        InputStream input = new ByteArrayInputStream("nothing".getBytes(US_ASCII));
        assertThat(pipe(handler).run(new String[] {message.toString()}, input, nowhere(), Map.of()))
                .isZero();
        assertThat(pipe(handler).run(new String[] {directory + "/none"}, input, nowhere(), Map.of()))
                .isEqualTo(75);
    }

    @Test
    void arguments_are_an_option_and_a_file_in_any_order() throws Exception {
        assertThat(PipeArguments.parse(new String[0])).isEqualTo(new PipeArguments(null, null, null, null));
        assertThat(PipeArguments.parse(new String[] {"m", "--config", "c"}))
                .isEqualTo(new PipeArguments(Path.of("c"), null, null, Path.of("m")));
        assertThat(PipeArguments.parse(new String[] {"--config", "c", "m"}))
                .isEqualTo(new PipeArguments(Path.of("c"), null, null, Path.of("m")));
        assertThat(PipeArguments.parse(new String[] {"--config", "--x"}))
                .isEqualTo(new PipeArguments(Path.of("--x"), null, null, null));
    }

    @Test
    void a_server_and_a_from_may_stand_before_the_file() throws Exception {
        PipeArguments server = PipeArguments.parse(new String[] {"mail.company.test:2525", "m"});
        assertThat(server.server()).isEqualTo(RelaySettings.parse("smtp://mail.company.test:2525", null));
        assertThat(server.from()).isNull();
        assertThat(server.messageFile()).isEqualTo(Path.of("m"));
        PipeArguments both = PipeArguments.parse(
                new String[] {"--config", "c", "smtps://[::1]:465?helo=a.test", "<other@company.test>", "C:\\m"});
        assertThat(both.configFile()).isEqualTo(Path.of("c"));
        assertThat(both.server()).isEqualTo(RelaySettings.parse("smtps://[::1]:465?helo=a.test", null));
        assertThat(both.from()).isEqualTo(EmailAddress.parse("other@company.test"));
        assertThat(both.messageFile()).isEqualTo(Path.of("C:\\m"));
    }

    @ParameterizedTest
    @CsvSource({
        "'./message m', SERVER",
        "'/var/mail/m m', SERVER",
        "'../x m', SERVER",
        "'sendmail:/bin/false m', SERVER",
        "'host?helo=x m', SERVER",
        "'user@host m', SERVER",
        "'host:0 m', SERVER",
        "'host:99999 m', SERVER",
        "'smtp:// m', SERVER",
        "'smtp://host?user=x m', SERVER",
        "'[::1 m', SERVER",
        "' m', SERVER",
        "'host nobody m', FROM",
        "'host a@b@c,d m', FROM",
        "'host a@b.test m n', too many"
    })
    void an_odd_server_or_from_is_refused_by_name(String line, String word) {
        assertThatThrownBy(() -> PipeArguments.parse(line.split(" ", -1)))
                .isInstanceOf(PipeArguments.UsageException.class)
                .message()
                .contains(word)
                .doesNotContain("\n");
    }

    @Test
    void a_monitor_sends_nothing_so_it_takes_no_server() throws IOException {
        PipeRun run = new PipeRun("test", ReceiveMain::open);
        assertThat(run.run(new String[] {"host", "m"}, nothing(), nowhere(), Map.of()))
                .isEqualTo(75);
    }

    @Test
    void where_nothing_can_be_logged_nothing_is_said_and_the_mail_is_handled() {
        PipeLogSettings unwritable = new PipeLogSettings(Path.of("/proc/none/log"));
        PipeRun run = new PipeRun(
                "test",
                config -> new PipeRun.Side(unwritable, mail -> new Disposition.Accepted("x"), 1000, own(), () -> {}));
        assertThat(run.run(new String[0], nothing(), nowhere(), Map.of())).isZero();
        new PipeLog("test", new PipeLogSettings(directory)).accept("a directory is no file");
    }

    @Test
    void lines_of_many_writers_do_not_mix() throws Exception {
        String text = "x".repeat(1_500);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 200)
                    .forEach(i -> writers.execute(() ->
                            new PipeLog("test", new PipeLogSettings(directory.resolve("log"))).accept(i + " " + text)));
        }
        assertThat(log()).hasSize(200).allMatch(line -> line.matches("[-0-9T:.]+Z test\\[\\d+] \\d+ x{1500}"));
    }

    private int run(MailHandler handler) {
        return pipe(handler).run(new String[0], nothing(), nowhere(), Map.of());
    }

    private PipeRun pipe(MailHandler handler) {
        return new PipeRun("test", config -> side(handler, () -> {}));
    }

    private PipeRun.Side side(MailHandler handler, AutoCloseable opened) {
        return new PipeRun.Side(new PipeLogSettings(directory.resolve("log")), handler, 1000, own(), opened);
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("log"));
    }

    private static InputStream nothing() {
        return InputStream.nullInputStream();
    }

    private static EmailAddress own() {
        return EmailAddress.parse("webscout@company.test");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
