package org.mailsonar.report.daily;

import gg.jte.CodeResolver;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.output.StringOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import gg.jte.resolve.ResourceCodeResolver;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.mailsonar.message.OneLine;

/**
 * Makes text of reports by JTE templates. Those that are shipped were compiled when the program was built; a site's own is compiled when it is
 * used, which takes a JDK. Such a template is a program: it may do whatever Mailsonar may. Thread-safe.
 */
public final class ReportTemplates {

    private static final String PACKAGE = "mailsonar.report.";
    private static final Pattern PLACE = Pattern.compile("error at (?:\\S+:|line )(\\d+)");
    private static final Pattern REASON = Pattern.compile("error: (.+)");

    private ReportTemplates() {}

    /** A report in a format that is shipped. */
    public static String render(DailyReport report, ReportFormat format) {
        String name = format.text() + ".jte";
        String directory = format == ReportFormat.HTML ? "html" : "plain";
        ClassLoader loader = ReportTemplates.class.getClassLoader();
        TemplateEngine engine = TemplateEngine.createPrecompiled(null, format.content(), loader, PACKAGE + directory);
        if (!engine.hasTemplate(name)) { // classes that were compiled without the rest of the build
            return compiled(new ResourceCodeResolver("report/" + directory, loader), name, format, report);
        }
        StringOutput output = new StringOutput(64 * 1024);
        engine.render(name, report, output);
        return output.toString();
    }

    /** The source of a template that is shipped, to begin one's own with. */
    public static String source(ReportFormat format) {
        String directory = format == ReportFormat.HTML ? "html" : "plain";
        return new ResourceCodeResolver("report/" + directory, ReportTemplates.class.getClassLoader())
                .resolveRequired(format.text() + ".jte");
    }

    /**
     * A report by a site's own template.
     *
     * @param template its file; its name ends with {@code .jte}
     * @param format what its expressions are escaped for
     * @throws BadTemplateException when it cannot be read, compiled or run
     */
    public static String render(DailyReport report, ReportFormat format, Path template) {
        Path file = template.toAbsolutePath().normalize();
        Path name = file.getFileName();
        Path directory = file.getParent();
        if (name == null || directory == null || !name.toString().endsWith(".jte")) {
            throw new BadTemplateException(template + ": is no template; the name of a template ends with .jte");
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new BadTemplateException(template + ": cannot be read; name a file with a template");
        }
        if (ToolProvider.getSystemJavaCompiler() == null) {
            throw new BadTemplateException(
                    template
                            + ": cannot be compiled, since this Java has no compiler; run Mailsonar with a JDK instead of a JRE");
        }
        try {
            return compiled(new DirectoryCodeResolver(directory), name.toString(), format, report);
        } catch (TemplateException wrong) {
            throw explained(template, wrong);
        }
    }

    private static String compiled(CodeResolver source, String name, ReportFormat format, DailyReport report) {
        Path classes = newDirectory();
        try {
            TemplateEngine engine = TemplateEngine.create(
                    source, classes, format.content(), ReportTemplates.class.getClassLoader(), PACKAGE + "own");
            engine.setTrimControlStructures(true);
            engine.setClassPath(
                    List.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1)));
            StringOutput output = new StringOutput(64 * 1024);
            engine.render(name, report, output);
            return output.toString();
        } finally {
            remove(classes);
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("mailsonar-report");
        } catch (IOException failed) {
            throw new BadTemplateException("no directory can be made for a compiled template in "
                    + System.getProperty("java.io.tmpdir") + ": " + failed.getMessage());
        }
    }

    private static void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, java.io.IOException failed) throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            // What stays behind is a few classes in the directory for temporary files.
        }
    }

    /** One line with the template's line, as far as it is known. */
    private static BadTemplateException explained(Path template, TemplateException wrong) {
        String message = String.valueOf(wrong.getMessage());
        Matcher place = PLACE.matcher(message);
        Matcher reason = REASON.matcher(message);
        String where = place.find() ? template + ":" + place.group(1) : template.toString();
        Throwable cause = wrong.getCause();
        String why = reason.find()
                ? reason.group(1)
                : cause != null && message.startsWith("Failed to render")
                        ? String.valueOf(cause)
                        : message.lines().findFirst().orElse("");
        return new BadTemplateException(OneLine.printable(where + ": " + why.strip()));
    }
}
