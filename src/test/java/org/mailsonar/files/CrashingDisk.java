package org.mailsonar.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real file system up to a step, and from that step on nothing: as for a process that is killed just before it. Thread-safe.
 */
public final class CrashingDisk implements Disk {

    private final Disk real = Disk.real();
    private final int lastStep;
    private final List<String> steps = new ArrayList<>();
    private boolean crashed;

    private CrashingDisk(int lastStep) {
        this.lastStep = lastStep;
    }

    /** Crashes when so many steps are done. */
    public static CrashingDisk after(int steps) {
        return new CrashingDisk(steps);
    }

    /** Never crashes, and counts. */
    public static CrashingDisk never() {
        return new CrashingDisk(Integer.MAX_VALUE);
    }

    /** Something that counts as a step of its own, such as that a handler begins or ends. */
    public synchronized void step(String name) {
        if (steps.size() >= lastStep) {
            crashed = true;
            throw new Crash();
        }
        steps.add(name);
    }

    /** Whether the crash has come. */
    public synchronized boolean hasCrashed() {
        return crashed;
    }

    /** The steps that were done. */
    public synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        step("create");
        real.create(file, content);
    }

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        step("read");
        return real.read(file, limit);
    }

    @Override
    public void sync(Path file) throws IOException {
        step("sync");
        real.sync(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step("sync directory");
        real.syncDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename");
        real.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete");
        real.delete(file);
    }

    /** The process is no more; no part of it can deal with that. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
