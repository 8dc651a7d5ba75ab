package org.mailsonar.report;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes meters in the format that a collector asks for: OpenMetrics 1.0, or the Prometheus text format for everybody else. */
final class Exposition {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int USUAL_SIZE = 32 * 1024;

    private Exposition() {}

    static Scrape of(PrometheusMeterRegistry registry, @Nullable String accept) {
        String type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            registry.scrape(body, type);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory is all that is written to
        }
        return new Scrape(type, body.toByteArray());
    }
}
