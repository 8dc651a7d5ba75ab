package org.mailsonar.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.web.StatusServer;

/**
 * A short life of the long-running programs: what Java's ahead-of-time cache for them is made from, at build or install time. A monitor
 * and a reflector on this machine, some probes by way of the ledger, and many by way of the reflector alone, since the cache also
 * remembers which code is hot.
 */
public final class ResidentRehearsal {

    private static final int LEDGER_PROBES = 20;
    private static final int PROBES = 2500;
    private static final int SENDERS = 20;

    private ResidentRehearsal() {}

    /** The rehearsal; ends with an exception when it goes wrong, so that a cache is never made of something else. */
    public static void main(String[] arguments) throws Exception {
        Configurator.setLevel("org.mailsonar.monitor", Level.WARN);
        try (RehearsalDirectory directory = RehearsalDirectory.create()) {
            DemoFiles.write(directory.path());
            Path reflector = directory.path().resolve("reflector.yaml");
            Files.writeString(reflector, Files.readString(reflector) + "metrics: 0\n");
            HangUp.onSignal(() -> {});
            live(directory.path());
            Terminal nowhere = new Terminal(nowhere(), nowhere());
            String config = directory.path().resolve("monitor.yaml").toString();
            for (String format : List.of("text", "json", "nagios")) {
                Main.run(new String[] {"status", "--format", format, "--config", config}, nowhere);
            }
            Main.run(new String[] {"--help"}, nowhere);
        }
    }

    private static void live(Path directory)
            throws ConfigException, KeyFileException, InterruptedException, ExecutionException, IOException {
        MonitorConfig config = MonitorConfig.load(directory.resolve("monitor.yaml"));
        ReflectorConfig reflectorConfig = ReflectorConfig.load(directory.resolve("reflector.yaml"));
        try (RunningReflector reflector = ReflectorWiring.start(reflectorConfig);
                RunningMonitor monitor = MonitorWiring.start(config, probe -> {})) {
            monitor.receive();
            askForStatus(reflector);
            reflector.exchange(reflectorConfig);
            Target target = config.targets().getFirst();
            for (int i = 0; i < LEDGER_PROBES; i++) {
                monitor.dispatcher().send(target);
            }
            reflectMany(config, target);
            askForStatus(reflector);
        }
    }

    private static void askForStatus(RunningReflector reflector) throws IOException {
        for (AutoCloseable place : reflector.places().running()) {
            if (place instanceof StatusServer server) {
                for (String path : List.of("/metrics", "/healthz", "/")) {
                    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                        client.getOutputStream()
                                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        client.getInputStream().readAllBytes();
                    }
                }
            }
        }
    }

    /** Returns of probes that no ledger knows are refused at the monitor's end, which serves the rehearsal as well. */
    private static void reflectMany(MonitorConfig config, Target target)
            throws InterruptedException, ExecutionException {
        TokenSigner signer =
                new TokenSigner(config.key().getPrivate(), config.key().getPublic());
        SecureRandom random = new SecureRandom();
        try (Relay relay = config.submission().open();
                ExecutorService senders =
                        Executors.newFixedThreadPool(SENDERS, Thread.ofVirtual().factory())) {
            List<Future<Transmission>> sent = IntStream.range(0, PROBES)
                    .mapToObj(i -> senders.submit(() -> relay.send(probe(config, target, signer, random))))
                    .toList();
            for (Future<Transmission> one : sent) {
                one.get();
            }
        }
    }

    /** A new one each time: a copy would not be returned. */
    private static OutgoingMail probe(MonitorConfig config, Target target, TokenSigner signer, SecureRandom random) {
        Instant now = Instant.now();
        ProbeToken token = signer.state(
                ProbeId.create(now, random), target.address(), config.settings().returnTo(), now, Duration.ofDays(1));
        return new OutgoingMail(
                ProbeMail.envelope(token, config.settings().from()),
                ProbeMail.compose(token, signer.sign(token), config.settings().from(), 5000));
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
