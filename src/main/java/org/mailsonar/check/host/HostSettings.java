package org.mailsonar.check.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.program.Programs;

/**
 * What is looked at on a machine.
 *
 * @param host the machine's name
 * @param state the file in which a run leaves what the next one has to know
 * @param log the table that each run adds a row to; null for none
 * @param programs how programs are run
 * @param limit how long each of them may run
 * @param interval over how long the processors are watched when there was no run before
 * @param thresholds by measure
 * @param connections ports by service, in the order of the table's columns
 * @param mailLog null when none is read
 */
public record HostSettings(
        String host,
        Path state,
        @Nullable Path log,
        Programs programs,
        Duration limit,
        Duration interval,
        Map<String, Threshold> thresholds,
        List<Queue> queues,
        List<Disk> disks,
        Map<String, List<Integer>> connections,
        List<String> processes,
        List<Files> files,
        @Nullable MailLog mailLog) {

    public HostSettings {
        thresholds = Map.copyOf(thresholds);
        queues = List.copyOf(queues);
        disks = List.copyOf(disks);
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
        processes = List.copyOf(processes);
        files = List.copyOf(files);
    }

    /** The same with another table. */
    public HostSettings withLog(Path otherLog) {
        return new HostSettings(
                host,
                state,
                otherLog,
                programs,
                limit,
                interval,
                thresholds,
                queues,
                disks,
                connections,
                processes,
                files,
                mailLog);
    }

    /** The same with these thresholds. */
    public HostSettings withThresholds(Map<String, Threshold> others) {
        return new HostSettings(
                host,
                state,
                log,
                programs,
                limit,
                interval,
                others,
                queues,
                disks,
                connections,
                processes,
                files,
                mailLog);
    }

    /** The threshold of a measure. */
    Threshold threshold(String measure) {
        return thresholds.getOrDefault(measure, Threshold.NONE);
    }

    /**
     * A mail queue.
     *
     * @param prefix what its measures' names begin with: {@code queue}, {@code queue_out}
     * @param place the configuration directory (Postfix), the program (Exim, sendmail), or the folder
     */
    public record Queue(String prefix, Kind kind, String place) {

        /** Whose it is. */
        public enum Kind {
            POSTFIX,
            EXIM,
            SENDMAIL,
            /** Each file in it, and in the folders below it, is a message. */
            FOLDER
        }
    }

    /**
     * A file system.
     *
     * @param prefix what its measures' names begin with: {@code disk_var}
     * @param path anything on it
     */
    public record Disk(String prefix, Path path) {}

    /**
     * Files of one directory.
     *
     * @param prefix what their measures' names begin with: {@code file_core}
     * @param pattern a name, or one with {@code *} and {@code ?}
     */
    public record Files(String prefix, Path directory, String pattern) {}

    /** A mail log. */
    public record MailLog(Path file, Format format) {

        /** Whose it is. */
        public enum Format {
            POSTFIX,
            EXIM
        }
    }
}
