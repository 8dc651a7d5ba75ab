package org.mailsonar.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.StatusAddress;
import org.mailsonar.report.Scrape;
import org.mailsonar.web.StatusServer;

/**
 * Where metrics and health are shown.
 *
 * @param address where it listens
 * @param metrics gives the meters
 * @param troubles what is wrong now
 */
record StatusPlace(StatusAddress address, Function<@Nullable String, Scrape> metrics, Supplier<List<String>> troubles)
        implements Place {

    @Override
    public Object where() {
        return List.of(address.host(), address.port());
    }

    @Override
    public Object settings() {
        return address;
    }

    @Override
    public AutoCloseable start() {
        try {
            return StatusServer.start(address.socketAddress(), metrics, troubles);
        } catch (IOException taken) {
            throw new IllegalArgumentException(
                    "metrics: cannot listen on " + address + ": " + taken.getMessage()
                            + "; choose another port, or end the program that has it",
                    taken);
        }
    }

    @Override
    public Optional<String> check() {
        try (AutoCloseable server = start()) {
            return Optional.empty();
        } catch (Exception taken) {
            return Optional.of(String.valueOf(taken.getMessage()));
        }
    }

    @Override
    public String describe() {
        return "metrics " + address;
    }
}
