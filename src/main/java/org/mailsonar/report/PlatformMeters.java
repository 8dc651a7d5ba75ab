package org.mailsonar.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.concurrent.atomic.AtomicBoolean;

/** The Java machine's own meters: those that cost nothing until somebody looks. Thread-safe. */
final class PlatformMeters {

    private final AtomicBoolean bound = new AtomicBoolean();
    private final MeterRegistry registry;

    PlatformMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes them, once; Java's management classes take longer to load than a reflector to start. */
    void bind() {
        if (bound.compareAndSet(false, true)) {
            new UptimeMetrics().bindTo(registry);
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new FileDescriptorMetrics().bindTo(registry);
        }
    }
}
