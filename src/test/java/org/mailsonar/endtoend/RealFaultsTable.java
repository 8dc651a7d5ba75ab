package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;

/** Runs many {@link RealFault}s, one after the other, and prints what the fault finder made of each, with totals. */
final class RealFaultsTable {

    private final Path directory;
    private RealSite site;
    private int all;
    private int first;
    private int told;
    private int whole;
    private int wrong;

    private RealFaultsTable(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.site = RealSite.start(Files.createTempDirectory(directory, "site"));
    }

    /**
     * What came of some faults.
     *
     * @param namedFirst in how many one that is at fault is named first
     * @param told in how many of these the finder says so, and not that it cannot tell
     * @param whole in how many of these all that are at fault are named
     * @param certainOfAnother in how many somebody else is named with certainty
     */
    record Totals(int faults, int namedFirst, int told, int whole, int certainOfAnother) {

        double percent() {
            return faults == 0 ? 100 : 100.0 * namedFirst / faults;
        }
    }

    /** Runs these, and prints a line for each. */
    static Totals run(Path directory, String title, List<RealFault> faults) throws Exception {
        RealFaultsTable table = new RealFaultsTable(directory);
        System.out.printf(Locale.ROOT, "%n%s%n", title);
        try {
            for (RealFault fault : faults) {
                table.run(fault);
            }
        } finally {
            table.site.close();
        }
        Totals totals = new Totals(table.all, table.first, table.told, table.whole, table.wrong);
        System.out.printf(
                Locale.ROOT,
                "%s: %d faults, %d named first (%.1f %%; %d of these told, the others as 'cannot tell'; %d with all that are at"
                        + " fault), %d times certain of another%n",
                title,
                totals.faults(),
                totals.namedFirst(),
                totals.percent(),
                totals.told(),
                totals.whole(),
                totals.certainOfAnother());
        return totals;
    }

    private void run(RealFault fault) throws Exception {
        long begun = System.nanoTime();
        FaultFound found = site.find(fault);
        if (!site.recovers()) {
            System.out.println("        (does not get well of this by itself; started anew)");
            site.close();
            site = RealSite.start(Files.createTempDirectory(directory, "site"));
        }
        boolean isFirst = found.namesFirst(fault.right());
        boolean isWrong = found.isCertainOfAnother(fault.right());
        all++;
        first += isFirst ? 1 : 0;
        told += isFirst && found.isTold() ? 1 : 0;
        whole += isFirst && found.namesEach(fault.parts()) ? 1 : 0;
        wrong += isWrong ? 1 : 0;
        System.out.printf(
                Locale.ROOT,
                "%-7s %-62s %-45s %4d s%n",
                isWrong ? "WRONG" : isFirst ? "right" : "MISSED",
                fault.name(),
                found.names(),
                (System.nanoTime() - begun) / 1_000_000_000);
        if (!isFirst || isWrong) {
            System.out.println("        " + found.text());
            System.out.println("        " + found.suspects());
        }
    }

    /** By hand: {@code singles} or {@code pairs}, and what a fault's name has to match. */
    public static void main(String[] arguments) throws Exception {
        String pattern = arguments.length > 1 ? arguments[1] : ".*";
        List<RealFault> faults = arguments[0].equals("pairs") ? RealFaults.pairs() : RealFaults.singles();
        run(
                Files.createTempDirectory("mailsonar-faults"),
                arguments[0],
                faults.stream().filter(one -> one.name().matches(pattern)).toList());
        System.exit(0);
    }
}
