package org.mailsonar.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What one class logs while this is open, at INFO and above. Thread-safe. */
public final class LogLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final String logger;

    private LogLines(String logger) {
        this.logger = logger;
    }

    /** Listens to the loggers whose names begin so. */
    public static LogLines of(String logger) {
        LogLines log = new LogLines(logger);
        AbstractAppender appender = new AbstractAppender(logger, null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                String thrown = event.getThrown() == null ? "" : " " + event.getThrown();
                log.lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage() + thrown);
            }
        };
        appender.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        LoggerConfig listened = new LoggerConfig(logger, Level.INFO, true);
        listened.addAppender(appender, Level.INFO, null);
        configuration.addLogger(logger, listened);
        context.updateLoggers();
        return log;
    }

    /** All lines so far: level and text. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    /** The lines that hold this text. */
    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void close() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().removeLogger(logger);
        context.updateLoggers();
    }
}
