package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;
import static org.mailsonar.probe.Gateway.base64;
import static org.mailsonar.probe.Gateway.breakLines;
import static org.mailsonar.probe.Gateway.changeBody;
import static org.mailsonar.probe.Gateway.changeLines;
import static org.mailsonar.probe.Gateway.flow;
import static org.mailsonar.probe.Gateway.foldAnew;
import static org.mailsonar.probe.Gateway.forward;
import static org.mailsonar.probe.Gateway.html;
import static org.mailsonar.probe.Gateway.multipart;
import static org.mailsonar.probe.Gateway.quotedPrintable;
import static org.mailsonar.probe.Gateway.quotedPrintableThroughout;
import static org.mailsonar.probe.Gateway.utf16;
import static org.mailsonar.probe.Gateway.withField;
import static org.mailsonar.probe.Gateway.withoutField;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a probe survives on its way. Rows of the first table change what they name and nothing else; those of the second one lose
 * the header field first, so that the body alone must carry the token.
 */
class GatewaySurvivalTest {

    private static final boolean SURVIVES = true;
    private static final boolean IS_LOST = false;

    private static final String FOOTER = "\r\n-- \r\nThis e-mail is confidential - see <http://x.test/?a=b&c>.\r\n";
    private static final String DISCLAIMER = "Content-Type: text/plain\r\n" + FOOTER;
    private static final String HTML_PART = "Content-Type: text/html\r\n\r\n<p>-----BEGIN MAILSONAR PROBE-----</p>";

    static Stream<Arguments> whole_message() {
        return Stream.of(
                row("nothing at all", SURVIVES, mail -> mail),
                row("header field removed", SURVIVES, GatewaySurvivalTest::stripped),
                row("header field renamed", SURVIVES, m -> m.replace("Mailsonar-Probe:", "X-Mailsonar-Probe:")),
                row("header field in lower case", SURVIVES, m -> m.replace("Mailsonar-Probe:", "mailsonar-probe :")),
                row("header field folded anew", SURVIVES, m -> foldAnew(m, 37, "\r\n\t  ")),
                row("header field on one line", SURVIVES, m -> foldAnew(m, 5000, "")),
                row("header field with blank folds", SURVIVES, m -> foldAnew(m, 70, "\r\n \r\n ")),
                row("header field cut in half", SURVIVES, m -> withField(m, "Mailsonar-Probe", half())),
                row(
                        "header field encoded",
                        SURVIVES,
                        m -> withField(m, "Mailsonar-Probe", "=?utf-8?q?" + half() + "?=")),
                row("header field twice", SURVIVES, m -> "Mailsonar-Probe: " + TestProbes.token() + "\r\n" + m),
                row("subject prefixed", SURVIVES, m -> withField(m, "Subject", "[EXT] Mailsonar probe")),
                row("subject folded", SURVIVES, m -> withField(m, "Subject", "Mailsonar\r\n probe\r\n\tx")),
                row("subject encoded", SURVIVES, m -> withField(m, "Subject", "=?utf-8?B?TWFpbHNvbmFy?=")),
                row("subject cut", SURVIVES, m -> withField(m, "Subject", "Mails")),
                row("a hundred header fields in front", SURVIVES, m -> "X-Scanned: yes\r\n".repeat(100) + m),
                row("body replaced", SURVIVES, m -> changeBody(m, body -> "The body was removed.\r\n")),
                row("body lines reordered", SURVIVES, m -> changeBody(m, GatewaySurvivalTest::reordered)),
                row("lines broken within the marks", SURVIVES, m -> breakLines(m, 16)),
                row("all in upper case", IS_LOST, m -> m.toUpperCase(Locale.ROOT)),
                row("header field and body replaced", IS_LOST, m -> changeBody(stripped(m), body -> "Removed.\r\n")));
    }

    static Stream<Arguments> body_alone() {
        return Stream.of(
                row("quoted-printable", SURVIVES, m -> quotedPrintable(m)),
                row("quoted-printable throughout", SURVIVES, m -> quotedPrintableThroughout(m)),
                row("base64", SURVIVES, m -> base64(m)),
                row("base64 and a footer in plain text", SURVIVES, m -> changeBody(base64(m), b -> b + FOOTER)),
                row("utf-16, little end first", SURVIVES, m -> utf16(m, UTF_16LE, "UTF-16LE")),
                row("utf-16, big end first", SURVIVES, m -> utf16(m, UTF_16BE, "utf-16")),
                row("footer behind", SURVIVES, m -> changeBody(m, body -> body + FOOTER)),
                row("footer in front", SURVIVES, m -> changeBody(m, body -> FOOTER + body)),
                row("HTML alternative added", SURVIVES, m -> multipart(m, "alternative", HTML_PART)),
                row("wrapped with a disclaimer", SURVIVES, m -> multipart(m, "mixed", DISCLAIMER)),
                row("wrapped, and encoded within", SURVIVES, m -> forward(quotedPrintable(m), "7bit", "b")),
                row("HTML with <br>", SURVIVES, m -> html(m, line -> line + "<br>")),
                row("HTML with <p> and styles", SURVIVES, m -> html(m, GatewaySurvivalTest::paragraph)),
                row("HTML with entities", SURVIVES, m -> html(m, GatewaySurvivalTest::entities)),
                row("HTML, quoted-printable", SURVIVES, m -> quotedPrintable(html(m, GatewaySurvivalTest::paragraph))),
                row(
                        "HTML on one line",
                        SURVIVES,
                        m -> html(m, l -> l + "<wbr/>").replace("<wbr/>\r\n", "<wbr/>")),
                row("forwarded as attachment", SURVIVES, m -> forward(m, "7bit", "b")),
                row("forwarded as attachment, base64", SURVIVES, m -> forward(m, "base64", "b")),
                row("forwarded twice", SURVIVES, m -> forward(forward(m, "7bit", "inner"), "7bit", "outer")),
                row("forwarded twice, boundaries alike", SURVIVES, m -> forward(forward(m, "7bit", "ba"), "7bit", "b")),
                row("forwarded twice, base64", SURVIVES, m -> forward(forward(m, "base64", "i"), "base64", "o")),
                row("From lines quoted", SURVIVES, m -> changeBody(m, b -> ">From here on\r\n" + b + ">From\r\n")),
                row("mbox line in front", SURVIVES, m -> "From probe@monitor.test  Sat Nov 21 01:02:03 2026\r\n" + m),
                row("quoted mbox line in front", SURVIVES, m -> ">From probe@monitor.test  Sat Nov 21\r\n" + m),
                row("LF for CRLF", SURVIVES, m -> m.replace("\r\n", "\n")),
                row("CRLF doubled", SURVIVES, m -> changeBody(m, b -> b.replace("\r\n", "\r\n\r\n"))),
                row("quoted in a reply", SURVIVES, m -> changeBody(m, b -> changeLines(b, line -> "> " + line))),
                row(
                        "quoted in a reply to a reply",
                        SURVIVES,
                        m -> changeBody(m, b -> changeLines(b, l -> ">> | " + l))),
                row("quoted, then flowed", SURVIVES, m -> changeBody(flow(m, 25), b -> changeLines(b, l -> "> " + l))),
                row("a mark begun and never ended in front", SURVIVES, m -> changeBody(m, b -> TokenBlocks.BEGIN + b)),
                row("trailing blanks", SURVIVES, m -> changeBody(m, b -> changeLines(b, line -> line + "  \t"))),
                row("leading blanks", SURVIVES, m -> changeBody(m, b -> changeLines(b, line -> "    " + line))),
                row("flowed at 20", SURVIVES, m -> flow(m, 20)),
                row("flowed at 72", SURVIVES, m -> flow(m, 72)),
                row("flowed at 900", SURVIVES, m -> flow(m, 900)),
                row("lines broken at 40", SURVIVES, m -> breakLines(m, 40)),
                row("other attachments removed", SURVIVES, m -> multipart(m, "mixed", "\r\nAttachment removed.")),
                row("header's end lost", SURVIVES, m -> m.replace("\r\n\r\nThis", "\r\nThis")),
                row("lines broken within the marks", IS_LOST, m -> breakLines(m, 16)),
                row("lines reordered", IS_LOST, m -> changeBody(m, GatewaySurvivalTest::reordered)),
                row("cut within the token", IS_LOST, m -> m.substring(0, m.indexOf(TokenBlocks.END) - 90)),
                row("a character changed", IS_LOST, m -> m.replace("bWFpbHNvbmFy", "bWFpbHNvbmFx")),
                row("all in lower case", IS_LOST, m -> m.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("whole_message")
    void a_probe_on_its_way(UnaryOperator<String> gateway, boolean survives) {
        check(gateway.apply(Gateway.text(TestProbes.probe())), survives);
    }

    @ParameterizedTest
    @MethodSource("body_alone")
    void a_probe_without_its_header_field(UnaryOperator<String> gateway, boolean survives) {
        check(gateway.apply(stripped(Gateway.text(TestProbes.probe()))), survives);
    }

    private static void check(String mangled, boolean survives) {
        Verification found = TestProbes.find(Gateway.bytes(mangled));
        if (survives) {
            assertThat(found).isEqualTo(new Verification.Valid(TestProbes.statement(), TestProbes.token()));
        } else {
            assertThat(found).isNotInstanceOf(Verification.Valid.class);
        }
    }

    private static Arguments row(String what, boolean survives, UnaryOperator<String> gateway) {
        return argumentSet(what + (survives ? ": survives" : ": is lost"), gateway, survives);
    }

    private static String stripped(String mail) {
        return withoutField(mail, TokenFinder.HEADER);
    }

    private static String half() {
        return TestProbes.token().substring(0, TestProbes.token().length() / 2);
    }

    private static String reordered(String body) {
        List<String> lines = new ArrayList<>(body.lines().toList());
        int first = lines.indexOf(TokenBlocks.BEGIN) + 1;
        Collections.swap(lines, first, first + 1);
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String paragraph(String line) {
        return "<p class=\"MsoPlainText\"><span style='font-family:\"Courier New\"'>" + line + "<o:p></o:p></span></p>";
    }

    private static String entities(String line) {
        return "&nbsp;"
                + line.replace(" ", "&#160;")
                        .replace("-", "&#45;")
                        .replace(".", "&period;")
                        .replace("_", "&#x5F;") + "&#13;<br />";
    }
}
