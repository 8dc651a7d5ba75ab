package org.mailsonar.cli;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.mailsonar.intake.PipeProgram;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenSigner;

/**
 * One run of the pipe program from end to end, with keys, a configuration and an SMTP server of its own: what Java's ahead-of-time
 * cache is made from, at build or install time. It ends with an exception when the rehearsal fails, so a cache is never made of
 * something else.
 */
public final class PipeRehearsal {

    private PipeRehearsal() {}

    /** The rehearsal. */
    public static void main(String[] arguments) throws IOException, KeyFileException {
        try (RehearsalDirectory temporary = RehearsalDirectory.create();
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Path directory = temporary.path();
            Thread.ofPlatform().daemon().start(() -> serve(server));
            byte[] probe = prepare(directory, server.getLocalPort());
            String[] call = {"--config", directory.resolve("reflector.yaml").toString()};
            // As the mail servers call it that tell different things, then with the mail of a stranger.
            rehearse(call, probe, Map.of("SENDER", "probe@monitor.test", "RECIPIENT", "webscout@company.test"));
            rehearse(call, probe, Map.of("SENDER", "", "ORIGINAL_RECIPIENT", "webscout@company.test"));
            rehearse(call, probe, Map.of());
            rehearse(call, "Subject: hello\n\nhello\n".getBytes(StandardCharsets.US_ASCII), Map.of());
            String log = Files.readString(directory.resolve("log"));
            if (log.split(" accepted ", -1).length != 4 || !log.contains(" unwanted ")) {
                throw new IllegalStateException("the rehearsal went wrong: " + log);
            }
        }
    }

    private static void rehearse(String[] call, byte[] message, Map<String, String> environment) {
        int status = PipeMain.RUN.run(call, new ByteArrayInputStream(message), System.out, environment);
        if (status != PipeProgram.OK) {
            throw new IllegalStateException("the rehearsal ended with " + status);
        }
    }

    private static byte[] prepare(Path directory, int port) throws IOException, KeyFileException {
        KeyFiles.generate(directory, "monitor");
        Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                  - {key: monitor.pub, returnTo: ["*@other.test"]}
                recipients: [webscout@company.test]
                listen: ["smtp://127.0.0.1:2525"]
                limits: {messageSize: 256KiB, connections: 200, perMinute: 600, replayWindow: 2h}
                relay: smtp://127.0.0.1:%d
                log: log
                """.formatted(port));
        KeyPair keys = KeyFiles.readPair(directory.resolve("monitor.key"));
        TokenSigner signer = new TokenSigner(keys.getPrivate(), keys.getPublic());
        Instant now = Instant.now();
        ProbeToken token = signer.state(
                ProbeId.create(now, new SecureRandom()),
                EmailAddress.parse("webscout@company.test"),
                EmailAddress.parse("return@monitor.test"),
                now,
                Duration.ofDays(1));
        return ProbeMail.compose(token, signer.sign(token), EmailAddress.parse("probe@monitor.test"), 0);
    }

    /** Answers one connection at a time as a mail server does that offers what most do. */
    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
                say(socket, "220 rehearsal ESMTP");
                boolean inData = false;
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (inData && !line.equals(".")) {
                        continue;
                    }
                    say(socket, inData ? "250 2.0.0 Ok: queued as 0" : reply(line));
                    inData = !inData && line.equals("DATA");
                }
            } catch (IOException ended) {
                // the rehearsal is over, or fails by itself
            }
        }
    }

    private static String reply(String command) {
        if (command.startsWith("EHLO")) {
            return "250-rehearsal\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME";
        }
        return command.equals("DATA") ? "354 End data with <CR><LF>.<CR><LF>" : "250 2.1.0 Ok";
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
