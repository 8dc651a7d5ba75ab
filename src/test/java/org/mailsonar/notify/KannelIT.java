package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.KannelLab;
import org.mailsonar.lab.NeedsKannel;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/** A real Kannel and its fake SMS centre. */
@NeedsKannel
class KannelIT {

    private static final String PASSWORD = "hunter2&=ä";
    private static KannelLab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = KannelLab.start(PASSWORD);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void a_notice_arrives_at_the_sms_centre_letter_for_letter() {
        Verdict verdict =
                new Verdict(Verdict.State.DOWN, Changes.NIGHT, "550 <a@b> [x] {é} ~ 100% & = + ? # €", null, null);
        Change change = new Change(
                7, "company", Verdict.State.HEALTHY, verdict, Changes.NIGHT, "1 of 1, needs 1", false, List.of());
        Notice notice = new Notice("7/night", Notice.Kind.CHANGE, change, null, Changes.NIGHT);
        try (Notifier kannel = kannel(PASSWORD, 1)) {
            int before = lab.awaitMessages(0).size();

            assertThat(kannel.deliver(notice)).isEqualTo(new Delivery.Delivered());

            assertThat(lab.awaitMessages(before + 1).getLast())
                    .isEqualTo(new KannelLab.ShortMessage(
                            "100",
                            "+61400000001",
                            "company is DOWN since 02:14 UTC: 550 <a@b> [x] {é} ~ 100% & = + ? # €."
                                    + " mailsonar history company"));
        }
    }

    @Test
    void a_text_of_two_messages_goes_as_two() {
        try (Notifier kannel = kannel(PASSWORD, 2)) {
            int before = lab.awaitMessages(0).size();

            assertThat(kannel.deliver(Changes.notice(Verdict.State.DOWN))).isEqualTo(new Delivery.Delivered());

            List<KannelLab.ShortMessage> messages = lab.awaitMessages(before + 2);
            assertThat(messages).hasSize(before + 2);
        }
    }

    @Test
    void a_wrong_password_is_told_without_the_password() {
        try (Notifier kannel = kannel("wrong-one", 1)) {
            assertThat(kannel.deliver(Changes.notice(Verdict.State.DOWN)))
                    .isEqualTo(new Delivery.Failed(
                            HttpDoor.place(lab.sendsms()) + " answers 403: Authorization failed for sendsms"));
        }
    }

    private static Notifier kannel(String password, int segments) {
        return new SmsSettings(
                        SmsSettings.Gateway.KANNEL,
                        lab.sendsms(),
                        KannelLab.USER,
                        password,
                        "",
                        List.of("+61400000001"),
                        segments,
                        Duration.ofSeconds(20))
                .open(TimeSource.system());
    }
}
