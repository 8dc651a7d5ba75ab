package org.mailsonar.endtoend;

import java.io.IOException;

/** A storm of any size; started by scripts/storm with its five numbers. Ends with 0 if nothing was lost. */
final class StormMain {

    private StormMain() {}

    /** Arguments: seed, probes for the listener, for the spool, for the pipe program, kills. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Storm.Size size = new Storm.Size(
                Long.parseLong(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        System.out.println(size);
        StormReport report = Storm.run(size);
        System.out.print(report);
        System.exit(report.lost().isEmpty() && report.accepted() == report.returned() + report.refused() ? 0 : 2);
    }
}
