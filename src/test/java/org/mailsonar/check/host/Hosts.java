package org.mailsonar.check.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Measure;
import org.mailsonar.program.Programs;

/** Settings of a machine in a test. */
final class Hosts {

    private Hosts() {}

    /** One whose state and table are in a directory, and where nothing else is looked at. */
    static HostSettings in(Path directory) {
        return with(directory, new Programs(), List.of(), null);
    }

    static HostSettings with(
            Path directory,
            Programs programs,
            List<HostSettings.Queue> queues,
            HostSettings.@Nullable MailLog mailLog) {
        Map<String, List<Integer>> services = new LinkedHashMap<>();
        services.put("smtp", List.of(25));
        services.put("imap", List.of(143));
        return new HostSettings(
                "mta1",
                directory.resolve("host.state"),
                directory.resolve("qmonitor.log"),
                programs,
                Duration.ofSeconds(30),
                Duration.ofMillis(50),
                Map.of(),
                queues,
                List.of(),
                services,
                List.of(),
                List.of(),
                mailLog);
    }

    static Map<String, Double> values(HostReport report) {
        return report.measures().stream().collect(Collectors.toMap(Measure::name, Measure::value));
    }
}
