package org.mailsonar.lab;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.config.ChecksReader;
import org.mailsonar.time.TimeSource;

/**
 * What a check costs in a process that does many: for the benchmark. Arguments: URL NUMBER. The server is another process, so its own work is not
 * in the figure; what the compiler does meanwhile is.
 */
public final class CheckCost {

    private static final int WARM_UP = 2000;
    private static final int BATCHES = 10;

    private CheckCost() {}

    /** Prints the processor time of one check, a JSON object: the median of ten batches, the cheapest and the dearest one. */
    public static void main(String[] arguments) throws Exception {
        Check check = new ChecksReader(List.of(), Limits.DEFAULT, TimeSource.system())
                .read(arguments[0], Path.of(""))
                .check();
        int number = Integer.parseInt(arguments[1]) / BATCHES;
        Thread looking = Thread.ofVirtual().start(() -> measure(check, number));
        looking.join();
    }

    private static void measure(Check check, int number) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        run(check, WARM_UP);
        double[] millis = new double[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = system.getProcessCpuTime();
            run(check, number);
            millis[batch] = (system.getProcessCpuTime() - before) / 1e6 / number;
        }
        Arrays.sort(millis);
        System.out.println("{\"cpuMillis\": " + millis[BATCHES / 2] + ", \"least\": " + millis[0] + ", \"most\": "
                + millis[BATCHES - 1] + "}");
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
