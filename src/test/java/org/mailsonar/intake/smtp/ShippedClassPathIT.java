package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jars that are shipped are enough for a listener, and none of what Apache James would bring along is among them. Only this
 * test can tell: the tests' own class path holds more.
 */
class ShippedClassPathIT {

    private static final Path LIBRARIES = Path.of("target", "mailsonar", "lib");

    @Test
    void a_program_with_only_the_shipped_jars_receives_a_mail(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        LIBRARIES.resolve("*").toString(),
                        Path.of("src", "test", "launch", "OneMail.java").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(printed)
                .contains("received: one mail", "250 2.0.0 thanks", "221 2.0.0", "closed")
                .doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "Exception", "WARN", "ERROR");
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void nothing_is_shipped_that_the_listener_does_without() throws IOException {
        List<String> unwanted = List.of(
                "netty-all",
                "netty-codec-haproxy",
                "bcprov",
                "javax.mail",
                "javax.activation",
                "javax.inject",
                "failureaccess",
                "commons-configuration2",
                "james-server-jwt",
                "james-server-testing",
                "jjwt",
                "java-jwt",
                "reactor",
                "metrics-api",
                "apache-mime4j",
                "combinatoricslib",
                "junit",
                "mockito",
                "logback",
                "commons-logging");
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(jar -> unwanted.stream().anyMatch(jar::startsWith));
        }
    }
}
