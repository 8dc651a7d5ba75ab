package org.mailsonar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What Java's ahead-of-time cache for {@code mailsonar check} is made from, at build or install time: some checks of a server on this machine that
 * says yes to everything.
 */
public final class CheckRehearsal {

    private CheckRehearsal() {}

    /** The rehearsal; ends with an exception when it goes wrong, so that a cache is never made of something else. */
    public static void main(String[] arguments) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofPlatform().daemon().start(() -> serve(socket));
            Terminal nowhere = new Terminal(nowhere(), nowhere());
            String place = "127.0.0.1:" + socket.getLocalPort();
            String smtp = "smtp://" + place;
            for (String format : List.of("text", "json", "nagios")) {
                require(CheckMain.run(List.of(smtp, "--format", format), nowhere) == ExitStatus.GOOD);
            }
            List<String> all = List.of(
                    smtp + "?to=webscout@company.test",
                    "tcp://localhost:" + socket.getLocalPort(),
                    "http://" + place,
                    "ldap://" + place + "?timeout=300ms",
                    "smtps://" + place + "?timeout=500ms",
                    "pop3://" + place,
                    "imap://" + place,
                    "smtp://127.0.0.1:1",
                    "none://",
                    "--verbose",
                    "--timeout",
                    "5s");
            require(CheckMain.run(all, nowhere) == ExitStatus.FAILING);
        }
    }

    private static void require(boolean asItShouldBe) {
        if (!asItShouldBe) {
            throw new IllegalStateException("a rehearsed check did not find what it should");
        }
    }

    private static void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                    Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.ISO_8859_1)) {
                say(out, "220 ready");
                for (String line = in.readLine(); line != null && !line.startsWith("QUIT"); line = in.readLine()) {
                    say(out, line.startsWith("EHLO") ? "250-rehearsal\r\n250 8BITMIME" : "250 yes");
                }
                say(out, "221 bye");
            } catch (IOException gone) {
                // The check had seen enough.
            }
        }
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
