package org.mailsonar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.report.daily.ReportFormat;
import org.mailsonar.report.daily.ReportSettings;

/** Reads who is sent the report of each day. */
final class ReportReader {

    private ReportReader() {}

    /** The section; null where there is none. */
    static @Nullable ReportSettings read(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        ConfigSection section = node.section("to", "at", "zone", "format", "template");
        ConfigNode toNode = section.required("to", "[boss@elsewhere.test]");
        List<EmailAddress> to = toNode.listOf(EmailAddress::parse);
        ConfigNode atNode = section.optional("at");
        LocalTime at = atNode == null ? null : atNode.as(NotifyReader::timeOfDay);
        ZoneId zone = section.optional("zone", NotifyReader::zone, ZoneId.systemDefault());
        ReportFormat format = section.optional("format", ReportFormat::of, ReportFormat.HTML);
        Path template = template(section.optional("template"));
        return toNode.check(() -> new ReportSettings(to, at, zone, format, template));
    }

    private static @Nullable Path template(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        Path template = node.path();
        if (!template.toString().endsWith(".jte")) {
            throw node.error(template + " is no template; the name of a template ends with .jte");
        }
        if (!Files.isReadable(template) || Files.isDirectory(template)) {
            throw node.error(template + " cannot be read; name a file with a template");
        }
        return template;
    }
}
