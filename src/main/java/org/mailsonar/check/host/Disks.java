package org.mailsonar.check.host;

import com.sun.jna.Platform;
import com.sun.jna.platform.linux.LibC;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * File systems: how full they are, as {@code df} counts it, in bytes and in inodes. Only those that are named are asked, each in a thread of
 * its own and with a limit: one on a file server that is away answers never, and is not asked again before it does.
 */
final class Disks implements HostPart {

    /** Asks the file system that a path is on. */
    interface Question {
        Space ask(Path path) throws IOException;
    }

    /**
     * What there is on a file system.
     *
     * @param usable what others than root may still write, in bytes
     * @param inodes how many there are at all; 0 where they are not limited or not known
     */
    record Space(long total, long free, long usable, long inodes, long freeInodes) {

        /** Of the real one. */
        static Space of(Path path) throws IOException {
            Path place = path.toRealPath();
            FileStore store = Files.getFileStore(place);
            long total = store.getTotalSpace();
            long free = store.getUnallocatedSpace();
            long usable = store.getUsableSpace();
            if (Platform.isLinux()) {
                LibC.Statvfs facts = new LibC.Statvfs();
                if (LibC.INSTANCE.statvfs(place.toString(), facts) == 0) {
                    return new Space(total, free, usable, facts.f_files.longValue(), facts.f_ffree.longValue());
                }
            }
            return new Space(total, free, usable, 0, 0);
        }
    }

    private final Question question;
    private final Map<Path, CompletableFuture<Space>> silent = new ConcurrentHashMap<>();

    Disks() {
        this(Space::of);
    }

    Disks(Question question) {
        this.question = question;
    }

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public void look(Round round) throws InterruptedException {
        for (HostSettings.Disk disk : round.settings().disks()) {
            @Nullable CompletableFuture<Space> before = silent.get(disk.path());
            if (before != null && !before.isDone()) {
                round.trouble("disk " + disk.path() + ": its file system still does not answer");
            } else {
                look(round, disk);
            }
        }
    }

    private void look(Round round, HostSettings.Disk disk) throws InterruptedException {
        CompletableFuture<Space> answer = new CompletableFuture<>();
        silent.put(disk.path(), answer);
        Thread.ofPlatform().daemon().name("disk " + disk.path()).start(() -> {
            try {
                answer.complete(question.ask(disk.path()));
            } catch (IOException | RuntimeException | LinkageError failed) {
                answer.completeExceptionally(failed);
            }
        });
        try {
            measure(round, disk.prefix(), answer.get(round.settings().limit().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            round.trouble("disk " + disk.path() + ": its file system does not answer within "
                    + round.settings().limit().toMillis() / 1000.0 + " s");
        } catch (ExecutionException failed) {
            round.trouble("disk " + disk.path() + ": cannot be looked at (" + failed.getCause() + ")");
        }
    }

    private static void measure(Round round, String prefix, Space space) {
        round.measure(prefix + "_used", percent(space.total() - space.free(), space.usable()), "%");
        round.measure(prefix + "_free", space.usable(), "B");
        if (space.inodes() > 0) {
            round.measure(prefix + "_inodes", percent(space.inodes() - space.freeInodes(), space.freeInodes()), "%");
        }
    }

    /** What is kept for root counts as neither. */
    private static double percent(long used, long usable) {
        return used + usable <= 0L ? 0 : 100.0 * used / ((double) used + (double) usable);
    }
}
