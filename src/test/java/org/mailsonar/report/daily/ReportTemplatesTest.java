package org.mailsonar.report.daily;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.Golden;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.host.HostSample;
import org.mailsonar.site.PathRun;
import org.mailsonar.verdict.Verdict.State;

class ReportTemplatesTest {

    private static final String HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private static final String HEAD = "@import org.mailsonar.report.daily.DailyReport\n@param DailyReport report\n";

    private static DailyReport handMade;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeOne(@TempDir Path once) {
        try (DayBook book = DayBook.in(once)) {
            HandMadeDay.fill(book);
            handMade = book.report(HandMadeDay.DAY, HandMadeDay.NOW);
        }
    }

    private DailyReport hostile(String name) {
        try (DayBook book = DayBook.in(directory)) {
            book.target(name);
            book.returned(name, name, HandMadeDay.at(3, 0), Duration.ofSeconds(1));
            book.returned(name, "sydney", HandMadeDay.at(4, 0), Duration.ofSeconds(2));
            book.change(name, State.DOWN, HandMadeDay.at(5, 0), HandMadeDay.at(5, 0), name);
            book.blind(name, HandMadeDay.at(1, 0), HandMadeDay.at(2, 0), name);
            for (int hour : new int[] {-30, 3}) {
                Instant at = HandMadeDay.at(hour, 0);
                Duration time = Duration.ofMinutes(59).plusSeconds(59);
                for (String one : List.of(name, hour + name, "plain")) {
                    book.add(new HostSample(one, at, Map.of(name, 12_345_678_901.5)));
                    book.add(new CheckRecord(one, name, name, CheckResult.State.WARNING, name, at, time, null));
                    book.add(new PathRun(
                            one,
                            new org.mailsonar.site.Path(name, one, name),
                            at,
                            time,
                            time,
                            time,
                            CheckResult.State.FAILING,
                            name,
                            List.of(name)));
                }
            }
            return book.report(HandMadeDay.DAY, HandMadeDay.NOW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_hand_made_day_looks_as_it_did(ReportFormat format) {
        assertThat(ReportTemplates.render(handMade, format))
                .isEqualTo(new String(Golden.bytes("report/day." + format.text()), UTF_8));
    }

    @Test
    void text_fits_100_columns_also_with_long_names() {
        String text = ReportTemplates.render(handMade, ReportFormat.TEXT)
                + ReportTemplates.render(hostile("n".repeat(300)), ReportFormat.TEXT);

        assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 100);
    }

    @Test
    void html_needs_nothing_from_elsewhere_and_runs_nothing() {
        String html = ReportTemplates.render(handMade, ReportFormat.HTML);

        assertThat(html)
                .doesNotContain(
                        "<script", "https:", "src=", "href=", "<link", "<img", "@import", "url(", "onload", "onclick");
        assertThat(html).contains("\n@media (prefers-color-scheme: dark)", "<desc>", "scope=\"col\"", "\n@media print");
    }

    @Test
    void what_strangers_wrote_is_text_in_html() {
        String html = ReportTemplates.render(hostile(HOSTILE), ReportFormat.HTML);

        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "<img");
    }

    @Test
    void and_stays_on_its_line_in_text() {
        String text = ReportTemplates.render(hostile("a\u001b[2J\r\nOUTAGES: none\u202e"), ReportFormat.TEXT);

        assertThat(text).doesNotContain("\u001b", "\r", "\u202e", "\nOUTAGES: none");
    }

    @Test
    void and_is_one_field_and_no_formula_in_csv() {
        List<String> lines = ReportTemplates.render(hostile("=cmd|'/C calc'!A0,\"x\"\r\ny"), ReportFormat.CSV)
                .lines()
                .toList();

        assertThat(lines).contains("target,\"'=cmd|'/C calc'!A0,\"\"x\"\"??y\",probes,2");
        assertThat(lines).noneMatch(line -> line.startsWith("y") || line.contains(",="));
    }

    @Test
    void csv_ends_its_lines_as_its_standard_says() {
        String csv = ReportTemplates.render(handMade, ReportFormat.CSV);

        assertThat(csv).startsWith("section,name,measure,value\r\n").endsWith("\r\n");
        assertThat(csv.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    @Test
    void the_sources_of_what_is_shipped_render_the_same_as_ones_own_template() throws IOException {
        for (ReportFormat format : ReportFormat.values()) {
            Path own = template(ReportTemplates.source(format));
            assertThat(ReportTemplates.render(handMade, format, own))
                    .isEqualTo(ReportTemplates.render(handMade, format));
        }
    }

    @Test
    void ones_own_template_is_given_the_report_and_escapes_for_its_format() throws IOException {
        Path own = template(HEAD + "@for(var target : report.targets())\n<b>${target.name()}</b>\n@endfor\n");
        DailyReport report = hostile("<i>");

        assertThat(ReportTemplates.render(report, ReportFormat.HTML, own).strip())
                .isEqualTo("<b>&lt;i&gt;</b>");
        assertThat(ReportTemplates.render(report, ReportFormat.TEXT, own).strip())
                .isEqualTo("<b><i></b>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${report.colour()}                            | :3: cannot find symbol
            @for(var target : report.targets())           | Missing @endfor
            ${report.targets().get(7).name()}             | :3: java.lang.IndexOutOfBoundsException
            @template.nothing()                           | nothing
            """)
    void a_mistake_in_it_is_told_on_one_line_with_its_place(String line, String told) throws IOException {
        Path own = template(HEAD + line + "\n");

        assertThatThrownBy(() -> ReportTemplates.render(handMade, ReportFormat.TEXT, own))
                .isInstanceOf(BadTemplateException.class)
                .hasMessageStartingWith(own.toString())
                .hasMessageContaining(told)
                .message()
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void a_template_that_is_none_or_not_there_is_told() {
        Path missing = directory.resolve("missing.jte");
        Path other = directory.resolve("report.html");

        assertThatThrownBy(() -> ReportTemplates.render(handMade, ReportFormat.TEXT, missing))
                .hasMessage(missing + ": cannot be read; name a file with a template");
        assertThatThrownBy(() -> ReportTemplates.render(handMade, ReportFormat.TEXT, other))
                .hasMessage(other + ": is no template; the name of a template ends with .jte");
    }

    @Test
    void nothing_stays_behind_of_one_that_was_compiled() throws IOException {
        Path own = template(HEAD + "${report.by()}");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = directories(temporary);

        assertThat(ReportTemplates.render(handMade, ReportFormat.TEXT, own)).isEqualTo("sydney");
        assertThat(directories(temporary)).isEqualTo(before);
    }

    private static long directories(Path temporary) throws IOException {
        try (Stream<Path> found = Files.list(temporary)) {
            return found.filter(path -> path.getFileName().toString().startsWith("mailsonar-report"))
                    .count();
        }
    }

    private Path template(String text) throws IOException {
        return Files.writeString(directory.resolve("own.jte"), text);
    }
}
