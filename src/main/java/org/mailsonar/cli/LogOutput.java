package org.mailsonar.cli;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.mailsonar.config.ReflectorConfig.LogFormat;

/**
 * The form of this process's log on standard error. As it starts it is text, as {@code log4j2.xml} says; that file also says what is
 * logged.
 */
final class LogOutput {

    private static final String JSON = "json";

    private LogOutput() {}

    /** Logs in this form from now on. */
    static void use(LogFormat format) {
        if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
            return; // another implementation of the logging interface, which has its own configuration
        }
        boolean isJson = context.getConfiguration().getAppenders().containsKey(JSON);
        switch (format) {
            case TEXT -> {
                if (isJson) {
                    context.reconfigure();
                }
            }
            case JSON -> {
                if (!isJson) {
                    toJson(context);
                }
            }
        }
    }

    private static void toJson(LoggerContext context) {
        Configuration configuration = context.getConfiguration();
        ConsoleAppender appender = ConsoleAppender.newBuilder()
                .setName(JSON)
                .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
                .setDirect(true)
                .setLayout(new JsonLayout())
                .setConfiguration(configuration)
                .build();
        appender.start();
        configuration.addAppender(appender);
        for (LoggerConfig logger : configuration.getLoggers().values()) {
            for (String name : logger.getAppenders().keySet()) {
                logger.removeAppender(name);
            }
            if (!logger.isAdditive() || logger.getName().isEmpty()) {
                logger.addAppender(appender, null, null);
            }
        }
        context.updateLoggers();
    }
}
