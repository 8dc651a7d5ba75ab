package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oshi.SystemInfo;
import oshi.software.os.OSFileStore;

/** File systems: how full they are, as {@code df} counts it, in bytes and in inodes. */
final class Disks implements HostPart {

    private final SystemInfo system;

    Disks(SystemInfo system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public void look(Round round) {
        List<HostSettings.Disk> disks = round.settings().disks();
        if (disks.isEmpty()) {
            return;
        }
        List<OSFileStore> stores = system.getOperatingSystem().getFileSystem().getFileStores(false);
        for (HostSettings.Disk disk : disks) {
            try {
                Path path = disk.path().toRealPath();
                Optional<OSFileStore> store = stores.stream()
                        .filter(one -> path.startsWith(one.getMount()))
                        .max(Comparator.comparingInt(one -> one.getMount().length()));
                if (store.isEmpty()) {
                    round.trouble("disk " + disk.path() + ": on no file system whose size is known");
                } else {
                    measure(round, disk.prefix(), store.get());
                }
            } catch (IOException missing) {
                round.trouble("disk " + disk.path() + ": cannot be looked at (" + missing + ")");
            }
        }
    }

    private static void measure(Round round, String prefix, OSFileStore store) {
        long used = store.getTotalSpace() - store.getFreeSpace();
        round.measure(prefix + "_used", percent(used, store.getUsableSpace()), "%");
        round.measure(prefix + "_free", store.getUsableSpace(), "B");
        if (store.getTotalInodes() > 0) {
            long taken = store.getTotalInodes() - store.getFreeInodes();
            round.measure(prefix + "_inodes", percent(taken, store.getFreeInodes()), "%");
        }
    }

    /** What is kept for root counts as neither. */
    private static double percent(long used, long usable) {
        return used + usable <= 0L ? 0 : 100.0 * used / ((double) used + (double) usable);
    }
}
