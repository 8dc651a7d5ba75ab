package org.mailsonar.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that a package logs, debug lines too, until it is closed. Thread-safe. */
public final class CapturedLog extends AbstractAppender implements AutoCloseable {

    private final String name;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private CapturedLog(String name) {
        super("captured " + name, null, null, true, Property.EMPTY_ARRAY);
        this.name = name;
    }

    /** Listens from now on to the loggers of this package and below it. */
    public static CapturedLog of(Package source) {
        CapturedLog log = new CapturedLog(source.getName());
        log.start();
        LoggerConfig logger = new LoggerConfig(log.name, Level.DEBUG, false);
        logger.addAppender(log, null, null);
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().addLogger(log.name, logger);
        context.updateLoggers();
        return log;
    }

    @Override
    public void append(LogEvent event) {
        String trace = event.getThrown() == null ? "" : " with a stack trace";
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage() + trace);
    }

    /** What was logged so far: level, message, and a remark where a stack trace goes with it. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines of this level. */
    public List<String> lines(String level) {
        return lines.stream().filter(line -> line.startsWith(level + " ")).toList();
    }

    @Override
    public void close() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().removeLogger(name);
        context.updateLoggers();
        stop();
    }
}
