package org.mailsonar.check.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;

/** Instances that are known by where they listen; one runs when the check of its protocol passes. */
public final class EndpointInstances implements InstanceSource {

    private static final String NAME = "endpoints";
    private static final int AT_A_TIME = 50;

    private final List<Endpoint> endpoints;

    /** Looks at these. */
    public EndpointInstances(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    /**
     * One of them.
     *
     * @param name what its administrator calls it
     * @param scheme of its URL: {@code imaps}
     */
    public record Endpoint(String name, String scheme, Check check) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isHere() {
        return !endpoints.isEmpty();
    }

    @Override
    public Found look() throws InterruptedException {
        Semaphore places = new Semaphore(AT_A_TIME);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CheckResult>> results = new ArrayList<>();
            for (Endpoint endpoint : endpoints) {
                results.add(executor.submit(() -> {
                    places.acquire();
                    try {
                        return endpoint.check().run();
                    } finally {
                        places.release();
                    }
                }));
            }
            List<Instance> instances = new ArrayList<>();
            for (int i = 0; i < endpoints.size(); i++) {
                instances.add(instance(endpoints.get(i), results.get(i).get()));
            }
            return new Found(instances, List.of());
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    private static Instance instance(Endpoint endpoint, CheckResult result) {
        InstanceState state = switch (result.state()) {
            case GOOD, WARNING -> InstanceState.RUNNING;
            case FAILING -> isThere(result.trouble()) ? InstanceState.UNKNOWN : InstanceState.STOPPED;
            case UNKNOWN -> InstanceState.UNKNOWN;
        };
        String detail = result.name() + (result.state() == CheckResult.State.GOOD ? "" : ": " + result.reason());
        return new Instance(
                NAME, endpoint.name(), InstanceProtocol.of(endpoint.scheme()), state, detail, true, List.of());
    }

    /** Somebody answers, but wrongly: that is no instance that was stopped. */
    private static boolean isThere(@Nullable Trouble trouble) {
        return trouble != null
                && switch (trouble.stage()) {
                    case SET_UP, LOOK_UP, CONNECT, GREETING -> false;
                    case TLS, LOGIN, COMMAND, RESULT -> true;
                };
    }
}
