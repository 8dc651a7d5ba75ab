import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.message.EmailAddress;

/** A program as someone else would write it: starts a listener, sends it one mail, prints what both sides saw. */
class OneMail {

    static void main() throws IOException {
        ListenerSettings settings =
                ListenerSettings.on("127.0.0.1", 0).accepting(EmailAddress.parse("probe@company.test"));
        try (SmtpListener listener = SmtpListener.start(settings, mail -> {
            System.out.println("received: " + mail.message().first("Subject").orElseThrow().value());
            return new Disposition.Accepted("thanks");
        })) {
            talk(listener.port());
        }
        System.out.println("closed");
    }

    private static void talk(int port) throws IOException {
        String dialogue = "EHLO client.test\r\nVRFY x\r\nEXPN x\r\nHELP\r\nNOOP\r\nRSET\r\nBDAT 1\r\nXYZ\r\nDATA\r\n"
                + "MAIL FROM:<a@b.test> SIZE=100 BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<nobody@company.test>\r\n"
                + "RCPT TO:<probe+x@company.test>\r\nDATA\r\nSubject: one mail\r\n\r\nbody\r\n.\r\nQUIT\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream output = socket.getOutputStream();
            output.write(dialogue.getBytes(StandardCharsets.US_ASCII));
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            replies.lines().forEach(System.out::println);
        }
    }
}
