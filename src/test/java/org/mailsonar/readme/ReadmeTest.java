package org.mailsonar.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.probe.KeyFiles;

/** What the README shows works when it is typed in. */
class ReadmeTest {

    @TempDir
    Path directory;

    private String readme = "";

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void the_embedding_snippet_compiles() {
        String source = """
                import org.mailsonar.intake.Disposition;
                import org.mailsonar.intake.smtp.ListenerSettings;
                import org.mailsonar.intake.smtp.SmtpListener;
                import org.mailsonar.message.EmailAddress;
                class Snippet {
                    void run() throws Exception {
                %s
                    }
                }
                """.formatted(block("java", "SmtpListener.start"));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();

        List<String> options =
                List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(complaints, null, null, options, null, List.of(file))
                .call();

        assertThat(compiled).as(complaints.toString()).isTrue();
    }

    @Test
    void the_reflectors_file_is_valid() throws Exception {
        Path file = Files.writeString(directory.resolve("reflector.yaml"), block("yaml", "trust:"));
        KeyFiles.generate(directory.resolve("keys"), "monitor");

        ReflectorConfig config = ReflectorConfig.load(file);

        assertThat(config.settings().address()).hasToString("webscout@company.test");
        assertThat(config.settings().trust()).hasSize(1);
    }

    @Test
    void the_monitors_file_is_valid() throws Exception {
        Path file = Files.writeString(directory.resolve("monitor.yaml"), block("yaml", "targets:"));
        KeyFiles.generate(directory.resolve("keys"), "monitor");

        MonitorConfig config = MonitorConfig.load(file);

        assertThat(config.targets()).hasSize(1);
        assertThat(config.returns().listeners()).hasSize(1);
    }

    /** The one code block of a language that holds a text. */
    private String block(String language, String marker) {
        List<String> found = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(block -> block.contains(marker))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
