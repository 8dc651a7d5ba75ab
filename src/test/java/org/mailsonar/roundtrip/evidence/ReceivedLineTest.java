package org.mailsonar.roundtrip.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notes as real servers write them. */
class ReceivedLineTest {

    private static final Instant TIME = Instant.parse("2026-11-21T01:02:03Z");

    @Test
    void postfix_with_tls() {
        assertHop("""
                from mail.monitor.test (mail.monitor.test [192.0.2.1])
                \t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
                \t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)
                \t(No client certificate requested)
                \tby mx1.company.test (Postfix) with ESMTPS id 4cXyZ1abc
                \tfor <webscout@company.test>; Sat, 21 Nov 2026 01:02:03 +0000 (UTC)""", hop("mail.monitor.test", "mx1.company.test", "ESMTPS", "TLSv1.3", "4cXyZ1abc"));
    }

    @Test
    void postfix_without_tls_and_from_a_local_user() {
        assertHop(
                "from localhost (unknown [127.0.0.1]) by mx1.company.test (Postfix) with ESMTP id 4cX; Sat, 21 Nov 2026"
                        + " 12:02:03 +1100 (AEDT)",
                hop("localhost", "mx1.company.test", "ESMTP", "", "4cX"));
        assertHop(
                "by mx1.company.test (Postfix, from userid 1000) id 4cX; Sat, 21 Nov 2026 01:02:03 +0000 (UTC)",
                hop("", "mx1.company.test", "", "", "4cX"));
    }

    @Test
    void exim_of_today_and_of_before() {
        assertHop("""
                from [192.0.2.1] (helo=mail.monitor.test)
                \tby mx1.company.test with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384
                \t(Exim 4.96)
                \t(envelope-from <probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test>)
                \tid 1vMaBc-0003xY-2z
                \tfor webscout@company.test;
                \tSat, 21 Nov 2026 01:02:03 +0000""", hop("[192.0.2.1]", "mx1.company.test", "ESMTPS", "TLSv1.3", "1vMaBc-0003xY-2z"));
        assertHop(
                "from mail.monitor.test ([192.0.2.1]:51034) by mx1.company.test with esmtpsa"
                        + " (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) (Exim 4.92) id 1vM; Sat, 21 Nov 2026 01:02:03 +0000",
                hop("mail.monitor.test", "mx1.company.test", "ESMTPSA", "TLSv1.2", "1vM"));
        assertHop(
                "from probe by mx1.company.test with local (Exim 4.96) id 1vM; Sat, 21 Nov 2026 01:02:03 +0000",
                hop("probe", "mx1.company.test", "local", "", "1vM"));
    }

    @Test
    void exchange() {
        assertHop(
                """
                from AM0PR01MB4321.eurprd01.prod.exchangelabs.test (2603:10a6::1)
                 by DB7PR01MB1234.eurprd01.prod.exchangelabs.test (2603:10a6::2) with
                 Microsoft SMTP Server (version=TLS1_2,
                 cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.8158.18; Sat, 21
                 Nov 2026 01:02:03 +0000""",
                hop(
                        "AM0PR01MB4321.eurprd01.prod.exchangelabs.test",
                        "DB7PR01MB1234.eurprd01.prod.exchangelabs.test",
                        "Microsoft SMTP Server",
                        "TLSv1.2",
                        "15.20.8158.18"));
        assertHop(
                "from MB1 ([::1]) by MB1 ([fe80::1%4]) with mapi id 15.01.2507.039; Sat, 21 Nov 2026 01:02:03 +0000",
                hop("MB1", "MB1", "mapi", "", "15.01.2507.039"));
        assertHop(
                "from mail.monitor.test (192.0.2.1) by mx1.company.test (10.0.0.1) with Microsoft SMTP Server id"
                        + " 15.1.2507.39 via Frontend Transport; Fri, 20 Nov 2026 17:02:03 -0800",
                hop("mail.monitor.test", "mx1.company.test", "Microsoft SMTP Server", "", "15.1.2507.39"));
    }

    @Test
    void gmail() {
        assertHop(
                """
                from mail.monitor.test (mail.monitor.test. [192.0.2.1])
                        by mx.google.com with ESMTPS id ffacd0b85a97d-42cb7f2ea6csi1234567f8f.100.2026.11.20.17.02.03
                        for <webscout@company.test>
                        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
                        Fri, 20 Nov 2026 17:02:03 -0800 (PST)""",
                hop(
                        "mail.monitor.test",
                        "mx.google.com",
                        "ESMTPS",
                        "TLSv1.3",
                        "ffacd0b85a97d-42cb7f2ea6csi1234567f8f.100.2026.11.20.17.02.03"));
        assertHop(
                "by 2002:a05:6a10:8f0c:b0:5ab:1234 with SMTP id x12csp345; Fri, 20 Nov 2026 17:02:03 -0800 (PST)",
                hop("", "2002:a05:6a10:8f0c:b0:5ab:1234", "SMTP", "", "x12csp345"));
    }

    @Test
    void qmail() {
        assertHop("(qmail 12345 invoked by uid 89); 21 Nov 2026 01:02:03 -0000", hop("", "", "qmail", "", ""));
        assertHop(
                "from unknown (HELO mail.monitor.test) (192.0.2.1)\n  by mx1.company.test with SMTP; 21 Nov 2026 01:02:03"
                        + " -0000",
                hop("mail.monitor.test", "mx1.company.test", "SMTP", "", ""));
        assertHop(
                "from mail.monitor.test (192.0.2.1) by mx1.company.test with (ECDHE-RSA-AES256-GCM-SHA384 encrypted)"
                        + " SMTP; 21 Nov 2026 01:02:03 -0000",
                hop("mail.monitor.test", "mx1.company.test", "SMTP", "TLS", ""));
    }

    @Test
    void sendmail_opensmtpd_and_dovecot() {
        assertHop("""
                from mail.monitor.test (mail.monitor.test [192.0.2.1])
                \tby mx1.company.test (8.17.1/8.17.1) with ESMTPS id 5AL123bc004711
                \t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT)
                \tfor <webscout@company.test>; Sat, 21 Nov 2026 01:02:03 GMT""", hop("mail.monitor.test", "mx1.company.test", "ESMTPS", "TLSv1.3", "5AL123bc004711"));
        assertHop(
                "from localhost (localhost [127.0.0.1]) by mx1.company.test (OpenSMTPD) with ESMTPSA id 12ab34cd"
                        + " (TLSv1.3:TLS_CHACHA20_POLY1305_SHA256:256:NO); Sat, 21 Nov 2026 01:02:03 +0000 (UTC)",
                hop("localhost", "mx1.company.test", "ESMTPSA", "TLSv1.3", "12ab34cd"));
        assertHop(
                "from mx1.company.test\n\tby imap.company.test with LMTP\n\tid oHl5Iqu3H2nAAgAA\n\t(envelope-from <>)\n\tfor"
                        + " <webscout>; Sat, 21 Nov 2026 01:02:03 +0000",
                hop("mx1.company.test", "imap.company.test", "LMTP", "", "oHl5Iqu3H2nAAgAA"));
    }

    @Test
    void a_protocol_that_says_so_is_encrypted_without_a_version() {
        assertHop(
                "from a by b with UTF8SMTPSA id c; Sat, 21 Nov 2026 01:02:03 +0000",
                hop("a", "b", "UTF8SMTPSA", "TLS", "c"));
        assertHop("from a by b with LMTPS id c; Sat, 21 Nov 2026 01:02:03 +0000", hop("a", "b", "LMTPS", "TLS", "c"));
    }

    @Test
    void a_client_cannot_claim_to_be_encrypted_by_its_name() {
        assertHop(
                "from mail.monitor.test (TLSv1.3 [192.0.2.1]) by b with SMTP id c; Sat, 21 Nov 2026 01:02:03 +0000",
                hop("mail.monitor.test", "b", "SMTP", "", "c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "Sat, 21 Nov 2026 01:02:03 +0000 | 2026-11-21T01:02:03Z",
                "21 Nov 2026 01:02 GMT | 2026-11-21T01:02:00Z",
                "Saturday, 21-Nov-26 01:02:03 UT | 2026-11-21T01:02:03Z",
                "1 november 2026 9:02:03 -0030 (x) | 2026-11-01T09:32:03Z",
                "Fri, 20 Nov 2026 20:02:03 EST | 2026-11-21T01:02:03Z",
                "Thu, 31 Dec 2026 23:59:60 +0000 | 2026-12-31T23:59:59Z",
                "Sat, 21 Nov 2026 01:02:03.456 Z | 2026-11-21T01:02:03Z",
                "Sat, 31 Feb 2026 01:02:03 +0000 | none",
                "Sat, 21 Foo 2026 01:02:03 +0000 | none",
                "Sat, 21 Nov 2026 01:02:03 +9900 | none",
                "Sat, 21 Nov 0026 01:02:03 +0000 | none",
                "2026-11-21T01:02:03Z | none",
                "'' | none"
            })
    void dates_are_read_in_all_their_forms(String date, Instant expected) {
        assertThat(ReceivedLine.parse("from a by b; " + date).time()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "';'", "from", "((((", "\"x", "from ( by ) by \\(", "by;by;by", "from from from by by with"})
    void nonsense_is_a_hop_that_tells_little(String value) {
        assertThat(ReceivedLine.parse(value).time()).isNull();
    }

    private static Hop hop(String from, String by, String protocol, String tls, String id) {
        return new Hop(TIME, from, by, protocol, tls, id, null, null);
    }

    private static void assertHop(String value, Hop expected) {
        assertThat(ReceivedLine.parse(value.replace("\n", ""))).isEqualTo(expected);
    }
}
