package org.mailsonar.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Hands one message to an LMTP server (RFC 2033) and insists that it is taken. */
final class LmtpDelivery {

    private LmtpDelivery() {}

    static void run(int port, String sender, String recipient, String message) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            expect(in, "220");
            say(socket, in, "LHLO lab.test\r\n", "250");
            say(socket, in, "MAIL FROM:<" + sender + ">\r\n", "250");
            say(socket, in, "RCPT TO:<" + recipient + ">\r\n", "250");
            say(socket, in, "DATA\r\n", "354");
            String stuffed = ("\n" + message)
                    .replace("\r\n", "\n")
                    .replace("\n.", "\n..")
                    .substring(1);
            say(socket, in, stuffed.replace("\n", "\r\n") + ".\r\n", "250");
            say(socket, in, "QUIT\r\n", "221");
        }
    }

    private static void say(Socket socket, BufferedReader in, String text, String code) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        expect(in, code);
    }

    private static void expect(BufferedReader in, String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new IllegalStateException("expected " + code + ", got: " + line);
        }
    }
}
