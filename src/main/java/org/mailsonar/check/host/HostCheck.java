package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;
import oshi.SystemInfo;

/**
 * Looks at this machine. What cannot be looked at is noted, and all else is looked at. Thread-safe; of two that look at the same time with
 * the same state file, also in two processes, the second does without what the round before knew, and leaves no row.
 */
public final class HostCheck implements Check {

    private final HostSettings settings;
    private final TimeSource time;
    private final List<HostPart> parts;

    /** Looks at what the settings say. */
    public HostCheck(HostSettings settings, TimeSource time) {
        SystemInfo system = new SystemInfo();
        this(
                settings,
                time,
                List.of(
                        new Queues(),
                        new Machine(system),
                        new ScanRate(),
                        new Disks(),
                        new Connections(system),
                        new Processes(system),
                        new WatchedFiles(),
                        new MailTraffic()));
    }

    HostCheck(HostSettings settings, TimeSource time, List<HostPart> parts) {
        this.settings = settings;
        this.time = time;
        this.parts = List.copyOf(parts);
    }

    @Override
    public String name() {
        return "host " + settings.host();
    }

    @Override
    public CheckResult run() throws InterruptedException {
        return look().result(name());
    }

    /** Looks once, and adds a row to the table. */
    public HostReport look() throws InterruptedException {
        Moment started = time.now();
        HostMemory before = new HostMemory();
        @Nullable String locked = null;
        try (FileChannel channel = lockFile();
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                locked = "state: another run is looking at this machine";
            } else {
                try {
                    before = HostMemory.read(settings.state());
                } catch (CannotLookException unreadable) {
                    locked = unreadable.line();
                }
            }
            Round round = round(started, before);
            if (locked == null) {
                keep(round);
            } else {
                round.trouble(locked + "; nothing is compared with the run before, and no row was written");
            }
            return report(round, started);
        } catch (IOException | OverlappingFileLockException unlockable) {
            Round round = round(started, new HostMemory());
            round.trouble("state " + settings.state() + ": "
                    + (unlockable instanceof IOException
                            ? "cannot be written (" + unlockable
                                    + "); make its directory writable, or name another file" + " with state:"
                            : "another run is looking at this machine")
                    + "; no row was written");
            return report(round, started);
        }
    }

    private FileChannel lockFile() throws IOException {
        Path file = settings.state().toAbsolutePath();
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Round round(Moment started, HostMemory before) throws InterruptedException {
        Round round = new Round(settings, started.wall(), before);
        for (HostPart part : parts) {
            try {
                part.look(round);
            } catch (CannotLookException cannot) {
                round.trouble(part.name() + ": " + cannot.line());
            } catch (RuntimeException | LinkageError broken) {
                // What a system's own interfaces throw where something of it is missing; the other parts do not need
                // that.
                round.trouble(OneLine.printable(part.name() + ": cannot be looked at (" + broken + ")"));
            }
        }
        round.after().put("at", started.wall().getEpochSecond());
        return round;
    }

    /**
     * The row is safe in the state before it is in the table, and then the state says that it is there. One of which it does not, since
     * that run was killed, is added first where it is missing.
     */
    private void keep(Round round) {
        @Nullable Path log = settings.log();
        try {
            if (log == null) {
                round.after().write(settings.state());
                return;
            }
            HostTable table = new HostTable(log);
            String missing = round.before().text("row");
            if (!missing.isEmpty()
                    && round.before().text("row.done").isEmpty()
                    && round.before().text("table").equals(log.toString())
                    && !table.has(missing)) {
                table.add(table.isEmpty() ? HostTable.head(settings) : "", missing);
            }
            long rows = round.before().number("rows").orElse(0);
            boolean head = rows % HostTable.ROWS == 0 || table.isEmpty();
            String row = HostTable.row(round);
            round.after().put("rows", (head ? 0 : rows) + 1);
            round.after().put("row", row);
            round.after().put("table", log.toString());
            round.after().write(settings.state());
            table.add(head ? HostTable.head(settings) : "", row);
            round.after().put("row.done", "yes");
            round.after().write(settings.state());
        } catch (CannotLookException unwritable) {
            round.trouble(unwritable.line());
        }
    }

    private HostReport report(Round round, Moment started) {
        return new HostReport(
                settings.host(), started.wall(), time.now().since(started), round.measures(), round.troubles());
    }
}
