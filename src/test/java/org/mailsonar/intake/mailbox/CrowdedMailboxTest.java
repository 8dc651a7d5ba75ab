package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;

/** A visit to a mailbox in which more lies that may be probes than is read in one look. */
class CrowdedMailboxTest {

    private final AtomicInteger messages = new AtomicInteger(120);

    @Test
    void the_newest_are_read_first_and_all_others_in_later_looks() throws IOException, VisitException {
        try (ScriptedServer server = ScriptedServer.start(this::play);
                MailboxVisit visit = MailboxVisit.open(settings(server.port()), Duration.ofSeconds(5))) {
            assertThat(uids(visit)).isEqualTo(range(71, 120));
            messages.incrementAndGet();
            assertThat(uids(visit))
                    .isEqualTo(Stream.concat(range(22, 70).stream(), Stream.of("121"))
                            .toList());
            assertThat(uids(visit)).isEqualTo(range(1, 21));
            assertThat(uids(visit)).isEmpty();
        }
    }

    private static List<String> uids(MailboxVisit visit) throws VisitException {
        return visit.look().stream().map(MailboxVisit.Letter::uid).toList();
    }

    private static List<String> range(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    private static MailboxSettings settings(int port) {
        return MailboxSettings.parse(
                "imap://127.0.0.1:" + port,
                new MailboxLogin.Password("test1", "hunter2-and-more"),
                1024,
                EmailAddress.parse("test1@company.test"));
    }

    private void play(ServerSession session) throws IOException {
        session.say("* OK [CAPABILITY IMAP4rev1] ready\r\n");
        while (true) {
            String line = session.line();
            String tag = line.substring(0, line.indexOf(' '));
            String command = line.substring(tag.length() + 1);
            if (command.startsWith("SELECT")) {
                session.say("* " + messages + " EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n");
            } else if (command.startsWith("NOOP")) {
                session.say("* " + messages + " EXISTS\r\n");
            } else if (command.startsWith("UID SEARCH")) {
                int from = Integer.parseInt(command.replaceAll(".*UID ([0-9]+):.*", "$1"));
                String found = range(from, messages.get()).stream().collect(Collectors.joining(" "));
                session.say("* SEARCH " + found + "\r\n");
            } else if (command.startsWith("UID FETCH")) {
                fetch(session, command.split(" ", 4));
            }
            session.say(tag + (command.startsWith("SELECT") ? " OK [READ-WRITE] done\r\n" : " OK done\r\n"));
        }
    }

    private static void fetch(ServerSession session, String[] words) throws IOException {
        String section = words[3].contains("HEADER") ? "BODY[HEADER.FIELDS (X)]<0>" : "BODY[]<0>";
        String mail = "Mailsonar-Probe: token\r\n\r\n";
        for (String uid : words[2].split(",", -1)) {
            session.say("* " + uid + " FETCH (UID " + uid + " RFC822.SIZE " + mail.length() + " " + section + " {"
                    + mail.length() + "}\r\n" + mail + ")\r\n");
        }
    }
}
