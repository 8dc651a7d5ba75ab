package org.mailsonar.check.host;

import java.time.Duration;
import java.util.Arrays;
import org.mailsonar.time.Pause;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;

/** Processors and memory of the machine. */
final class Machine implements HostPart {

    /** An average over more than this says nothing about now. */
    private static final long LONGEST_SPAN = 3600;

    private static final long SHORTEST_SPAN = 5;

    /** OSHI gives the same figures again for 300 ms. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(400);

    private final SystemInfo system;

    Machine(SystemInfo system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "processors and memory";
    }

    @Override
    public void look(Round round) throws InterruptedException {
        GlobalMemory memory = system.getHardware().getMemory();
        double total = Math.max(1, memory.getTotal());
        round.measure("memory_available", memory.getAvailable(), "B");
        round.measure("memory_used", 100 * (total - memory.getAvailable()) / total, "%");
        long swap = memory.getVirtualMemory().getSwapTotal();
        long used = memory.getVirtualMemory().getSwapUsed();
        round.measure("swap_available", Math.max(0, swap - used), "B");
        round.measure("swap_used", swap == 0 ? 0 : 100.0 * used / swap, "%");
        processors(round);
    }

    private void processors(Round round) throws InterruptedException {
        CentralProcessor processor = system.getHardware().getProcessor();
        long[] now = processor.getSystemCpuLoadTicks();
        long[] before = since(round, now);
        round.after().put("cpu", join(now));
        if (before.length == 0) {
            Duration interval = round.settings().interval();
            Pause.of(interval.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : interval);
            before = now;
            now = processor.getSystemCpuLoadTicks();
        }
        Shares shares = new Shares(before, now);
        round.measure("cpu_user", shares.percent(TickType.USER, TickType.NICE), "%");
        round.measure("cpu_system", shares.percent(TickType.SYSTEM, TickType.IRQ, TickType.SOFTIRQ), "%");
        round.measure("cpu_wait", shares.percent(TickType.IOWAIT), "%");
        round.measure("cpu_idle", shares.percent(TickType.IDLE), "%");
        round.measure("cpu_steal", shares.percent(TickType.STEAL), "%");
    }

    /** The ticks of the round before; none when that was too long ago or too recently, or the machine was started since. */
    private static long[] since(Round round, long[] now) {
        long span = round.now().getEpochSecond() - round.before().number("at").orElse(Long.MIN_VALUE / 2);
        String[] words = round.before().text("cpu").split(" ", -1);
        if (span < SHORTEST_SPAN || span > LONGEST_SPAN || words.length != now.length) {
            return new long[0];
        }
        long[] before = new long[words.length];
        long sum = 0;
        for (int i = 0; i < words.length; i++) {
            if (!words[i].matches("\\d{1,18}")) {
                return new long[0];
            }
            before[i] = Long.parseLong(words[i]);
            sum += now[i] - before[i];
            // Waiting may go back a little (proc(5)); all else never does but by a restart.
            if (now[i] < before[i] && i != TickType.IOWAIT.getIndex()) {
                return new long[0];
            }
        }
        return sum > 0 ? before : new long[0];
    }

    private static String join(long[] ticks) {
        StringBuilder text = new StringBuilder();
        for (long tick : ticks) {
            text.append(text.isEmpty() ? "" : " ").append(tick);
        }
        return text.toString();
    }

    /** What share of a time was spent on what. */
    static final class Shares {

        private final long[] spent;
        private final long all;

        Shares(long[] before, long[] after) {
            spent = new long[after.length];
            for (int i = 0; i < after.length; i++) {
                spent[i] = Math.max(0, after[i] - before[i]);
            }
            all = Math.max(1, Arrays.stream(spent).sum());
        }

        double percent(TickType... types) {
            return 100.0
                    * Arrays.stream(types)
                            .mapToLong(type -> spent[type.getIndex()])
                            .sum()
                    / all;
        }
    }
}
