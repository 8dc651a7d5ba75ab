package org.mailsonar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which Java the launchers take ({@code scripts/lib/java.sh}). */
@DisabledOnOs(OS.WINDOWS)
class JavaSearchTest {

    private static final String FIND = ". scripts/lib/java.sh; find_java && echo \"$java_home\"";

    @TempDir
    private Path directory;

    @Test
    void the_variable_of_its_own_comes_first() throws Exception {
        Path own = javaHome("own", "26.0.1");
        Path common = javaHome("common", "25");

        assertThat(shell(FIND, Map.of("MAILSONAR_JAVA_HOME", own.toString(), "JAVA_HOME", common.toString())))
                .isEqualTo(own + "\n");
    }

    @Test
    void a_java_that_is_too_old_is_passed_over() throws Exception {
        Path old = javaHome("old", "17.0.9");
        Path common = javaHome("common", "25.0.3");

        assertThat(shell(FIND, Map.of("MAILSONAR_JAVA_HOME", old.toString(), "JAVA_HOME", common.toString())))
                .isEqualTo(common + "\n");
    }

    @Test
    void an_early_access_build_counts_as_its_version() throws Exception {
        Path early = javaHome("early access", "27-ea");

        assertThat(shell(FIND, Map.of("JAVA_HOME", early.toString()))).isEqualTo(early + "\n");
    }

    @Test
    void a_java_of_the_old_numbering_is_too_old() throws Exception {
        Path old = javaHome("eight", "1.8.0_402");
        String find = ". scripts/lib/java.sh; is_java_home '" + old + "' || echo no";

        assertThat(shell(find, Map.of())).isEqualTo("no\n");
    }

    @Test
    void no_java_at_all_is_one_line_with_the_remedy() throws Exception {
        String find = ". scripts/lib/java.sh; required_java=999; find_java || echo status $?";

        assertThat(shell(find, Map.of()))
                .matches("Mailsonar needs Java 999 or newer: .*MAILSONAR_JAVA_HOME.*\nstatus 1\n");
    }

    private Path javaHome(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nLIBC=\"gnu\"\n");
        return home;
    }

    private static String shell(String text, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", text).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
