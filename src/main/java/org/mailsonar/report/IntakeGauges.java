package org.mailsonar.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.mailsonar.intake.Intake;
import org.mailsonar.time.TimeSource;

/** What the places where mail comes in tell of themselves; they come and go with the configuration. Thread-safe. */
final class IntakeGauges {

    private final TimeSource time;
    private final MultiGauge working;
    private final MultiGauge connections;
    private final MultiGauge waiting;
    private final MultiGauge oldest;

    IntakeGauges(MeterRegistry registry, TimeSource time) {
        this.time = time;
        working = gauge(registry, "mailsonar.intake.working", "0 for a place in trouble");
        connections = gauge(registry, "mailsonar.listener.connections", "clients connected now");
        waiting = gauge(registry, "mailsonar.directory.waiting", "messages that lie there");
        oldest = MultiGauge.builder("mailsonar.directory.oldest")
                .description("for how long the oldest message has been there")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Shows these and no others from now on. */
    void show(List<Intake> intakes) {
        working.register(
                intakes.stream()
                        .map(intake -> MultiGauge.Row.of(
                                Tags.of("intake", intake.describe()),
                                () -> intake.trouble().isEmpty() ? 1 : 0))
                        .toList(),
                true);
        connections.register(
                intakes.stream()
                        .filter(intake -> intake instanceof Intake.Listening)
                        .map(intake -> MultiGauge.Row.of(
                                Tags.of("listener", intake.describe()), ((Intake.Listening) intake)::connections))
                        .toList(),
                true);
        List<Intake> directories = intakes.stream()
                .filter(intake -> intake instanceof Intake.Holding)
                .toList();
        waiting.register(
                directories.stream()
                        .map(intake -> MultiGauge.Row.of(
                                Tags.of("directory", intake.describe()), ((Intake.Holding) intake)::waiting))
                        .toList(),
                true);
        oldest.register(
                directories.stream()
                        .map(intake -> MultiGauge.Row.of(
                                Tags.of("directory", intake.describe()), () -> age((Intake.Holding) intake)))
                        .toList(),
                true);
    }

    private double age(Intake.Holding directory) {
        return directory
                .oldest()
                .map(since -> Math.max(0, time.now().wall().toEpochMilli() - since.toEpochMilli()) / 1000.0)
                .orElse(0.0);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
