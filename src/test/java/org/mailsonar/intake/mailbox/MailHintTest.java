package org.mailsonar.intake.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.MailMessage;

/** What is read whole, and what is a person's. */
class MailHintTest {

    private static final long SMALL = 5_000;
    private static final long LARGE = 100_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Return-Path: <>\nSubject: failure notice", // qmail
                "Auto-Submitted: auto-replied",
                "Subject: Re: [external] MAILSONAR probe",
                "Subject: =?utf-8?q?Mailsonar_probe?=",
                "Mailsonar-Return: x",
                "In-Reply-To: <01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test>",
                "Content-Type: multipart/report; boundary=b"
            })
    void a_message_with_any_sign_is_read(String header) {
        assertThat(isIn(header, SMALL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: dinner",
                "Return-Path: <friend@example.test>\nSubject: dinner",
                "Auto-Submitted: no",
                "Message-ID: <4711@example.test>",
                "Content-Type: multipart/mixed; boundary=b",
                ""
            })
    void a_message_without_a_sign_is_a_persons(String header) {
        assertThat(isIn(header, SMALL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Return-Path: <>", "Auto-Submitted: auto-replied"})
    void what_is_automatic_and_long_is_not_read(String header) {
        assertThat(isIn(header, LARGE)).isFalse();
    }

    private static boolean isIn(String header, long size) {
        return MailHint.isIn(MailMessage.of((header + "\n\n").getBytes(US_ASCII)), size);
    }
}
