package org.mailsonar.lab;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.config.ChecksReader;
import org.mailsonar.time.TimeSource;

/** What a check costs in a process that does many: for the benchmark. Arguments: URL NUMBER. */
public final class CheckCost {

    private static final int WARM_UP = 1000;

    private CheckCost() {}

    /** Prints the processor time of one check, a JSON object. */
    public static void main(String[] arguments) throws Exception {
        Check check = new ChecksReader(java.util.List.of(), Limits.DEFAULT, TimeSource.system())
                .read(arguments[0], Path.of(""))
                .check();
        int number = Integer.parseInt(arguments[1]);
        Thread looking = Thread.ofVirtual().start(() -> measure(check, number));
        looking.join();
    }

    private static void measure(Check check, int number) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        run(check, WARM_UP);
        long before = system.getProcessCpuTime();
        run(check, number);
        double millis = (system.getProcessCpuTime() - before) / 1e6 / number;
        System.out.println("{\"cpuMillis\": " + millis + "}");
    }

    private static void run(Check check, int number) {
        try {
            for (int i = 0; i < number; i++) {
                CheckResult result = check.run();
                if (result.state() != CheckResult.State.GOOD) {
                    throw new IllegalStateException(result.toString());
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
