package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How many pages each second the kernel looks at to find memory that it can take back: Linux's {@code pgscan_*} in /proc/vmstat, the scan
 * rate of older systems. There is none without a round before, nor on another system.
 */
final class ScanRate implements HostPart {

    private static final Pattern SCANNED =
            Pattern.compile("pgscan_(kswapd|direct|khugepaged|proactive)(_(dma|dma32|normal|high|movable))? \\d{1,18}");
    private static final Path VMSTAT = Path.of("/proc/vmstat");

    @Override
    public String name() {
        return "scan rate";
    }

    @Override
    public void look(Round round) throws CannotLookException {
        if (!Files.exists(VMSTAT)) {
            return;
        }
        String text;
        try {
            text = Files.readString(VMSTAT, StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new CannotLookException(VMSTAT + " cannot be read (" + unreadable + ")");
        }
        long pages = scanned(text);
        OptionalLong before = round.before().number("scan");
        long span = round.now().getEpochSecond() - round.before().number("at").orElse(Long.MAX_VALUE);
        if (before.isPresent() && span > 0 && pages >= before.getAsLong()) {
            round.measure("scan_rate", (pages - before.getAsLong()) / (double) span, "");
        }
        round.after().put("scan", pages);
    }

    /** The sum of what scanned; the same pages are counted once more by kind (anon, file), and throttling is no scanning. */
    static long scanned(String vmstat) {
        return vmstat.lines()
                .filter(line -> SCANNED.matcher(line).matches())
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
