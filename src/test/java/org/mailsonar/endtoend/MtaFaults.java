package org.mailsonar.endtoend;

import static org.mailsonar.endtoend.RealFaults.fault;
import static org.mailsonar.endtoend.RealFaults.way;

import java.util.List;
import org.mailsonar.endtoend.RealFault.Act;
import org.mailsonar.lab.PostfixLab;

/** What administrators of Postfix meet. */
final class MtaFaults {

    private static final int CLOGGING = 60;

    private MtaFaults() {}

    static List<RealFault> all() {
        return List.of(
                diskFull("mta1"),
                fault(
                        "mta2 full queue: mails for a dead destination fill the active queue",
                        "mta2",
                        site -> clog(site.postfix("mta2"), site.nowhere()),
                        site -> {
                            site.postfix("mta2").run("postsuper", "-d", "ALL");
                            site.postfix("mta2").table("transport", "");
                            site.postfix("mta2").reconfigure();
                        }),
                configured("mta1 relays for nobody", "mta1", "relay_domains = other.test", "mynetworks = 192.0.2.0/24"),
                way(
                        "mta2 refuses one recipient",
                        "mta2",
                        "store2",
                        site -> {
                            site.postfix("mta2").table("refused", "test2@company.test 550 5.1.1 unknown\n");
                            site.postfix("mta2")
                                    .reconfigure("smtpd_recipient_restrictions ="
                                            + " check_recipient_access texthash:/etc/postfix/refused, permit");
                        },
                        site -> site.postfix("mta2").reconfigure()),
                configured(
                        "mta1 greylists",
                        "mta1",
                        "smtpd_recipient_restrictions = check_client_access static:{450 4.2.0 Greylisted}, permit"),
                configured(
                        "mta2 too busy, 421",
                        "mta2",
                        "smtpd_delay_reject = no",
                        "smtpd_client_restrictions = check_client_access static:{421 4.7.0 Too busy}, permit"),
                holds("mta1"),
                fault(
                        "mta2 queue manager hung",
                        "mta2",
                        site -> site.postfix("mta2").hang("qmgr"),
                        site -> site.postfix("mta2").goOn()),
                configured(
                        "mta1 discards what it takes",
                        "mta1",
                        "smtpd_recipient_restrictions = check_client_access static:DISCARD, permit"),
                configured("mta2 refuses the message for its size", "mta2", "message_size_limit = 600"),
                routed("mta1 leads store1's mail to a dead port", "mta1", "store1", "lmtp:inet:127.0.0.1:9"),
                way(
                        "mta2 leads store2's mail to store1",
                        "mta2",
                        "store2",
                        site -> route(
                                site.postfix("mta2"),
                                "test2@company.test lmtp:inet:127.0.0.1:"
                                        + site.machine("store1")
                                                .fronts()
                                                .getLast()
                                                .port()),
                        site -> site.postfix("mta2").reconfigure()),
                way(
                        "mta1 cannot ask the directory",
                        "mta1",
                        "ldap1",
                        site -> {
                            site.postfix("mta1").table("dead.cf", "server_host = ldap://127.0.0.1:9\ntimeout = 5\n");
                            site.postfix("mta1").reconfigure("relay_recipient_maps = ldap:/etc/postfix/dead.cf");
                        },
                        site -> site.postfix("mta1").reconfigure()),
                configured(
                        "mta2 slow, its own restrictions sleep",
                        "mta2",
                        "smtpd_delay_reject = no",
                        "smtpd_client_restrictions = sleep 2",
                        "smtpd_helo_restrictions = sleep 2",
                        "smtpd_sender_restrictions = sleep 2"),
                configured("mta1 content filter is dead", "mta1", "content_filter = smtp:[127.0.0.1]:9"));
    }

    static RealFault diskFull(String mta) {
        return configured(
                mta + " disk full, 452",
                mta,
                "smtpd_delay_reject = no",
                "smtpd_sender_restrictions ="
                        + " check_sender_access static:{452 4.3.1 Insufficient system storage}, permit");
    }

    static RealFault holds(String mta) {
        return configured(
                mta + " holds what it takes",
                mta,
                "smtpd_recipient_restrictions = check_client_access static:HOLD, permit");
    }

    private static RealFault configured(String name, String mta, String... lines) {
        return fault(
                name,
                mta,
                site -> site.postfix(mta).reconfigure(lines),
                site -> site.postfix(mta).reconfigure());
    }

    private static RealFault routed(String name, String mta, String store, String way) {
        Act breaking =
                site -> route(site.postfix(mta), "test" + store.charAt(store.length() - 1) + "@company.test " + way);
        return way(name, mta, store, breaking, site -> site.postfix(mta).reconfigure());
    }

    private static void route(PostfixLab postfix, String line) throws Exception {
        postfix.table("wrong", line + "\n");
        postfix.reconfigure("transport_maps = texthash:/etc/postfix/wrong, ldap:/etc/postfix/routes.cf");
    }

    private static void clog(PostfixLab postfix, int nowhere) throws Exception {
        postfix.table("transport", "junk.test lmtp:inet:127.0.0.1:" + nowhere + "\n");
        postfix.reconfigure(
                "qmgr_message_active_limit = 3",
                "lmtp_destination_concurrency_failed_cohort_limit = 0",
                "transport_maps = texthash:/etc/postfix/transport, ldap:/etc/postfix/routes.cf");
        for (int i = 0; i < CLOGGING; i++) {
            postfix.submit("newsletter@company.test", "someone" + i + "@junk.test", "Subject: news\n\nnone\n");
        }
    }
}
