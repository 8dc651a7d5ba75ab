package org.mailsonar.endtoend;

import static org.mailsonar.endtoend.RealFaults.fault;
import static org.mailsonar.endtoend.RealFaults.shut;
import static org.mailsonar.endtoend.RealFaults.way;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.mailsonar.lab.MailSite;

/** What administrators of Dovecot meet, at proxies and stores. */
final class RetrievalFaults {

    private static final String DIRECTORY = "ldap.conf";
    private static final String FAULT = "fault.conf";

    private RetrievalFaults() {}

    static List<RealFault> proxies() {
        return List.of(
                refusesLogins("mmp1"),
                refusesLogins("mmp2"),
                refusesOne("mmp1", "test1", "store1"),
                refusesOne("mmp2", "test2", "store2"),
                certified("mmp1 certificate has expired", "mmp1", "expired.pem"),
                certified("mmp2 certificate is another machine's", "mmp2", "other.pem"),
                rewritten("mmp1 leads everybody to a dead port", "mmp1", ",imapPort=port", ",=port=9"),
                way(
                        "mmp2 leads test1 to a dead port",
                        "mmp2",
                        "store1",
                        site -> site.change("test1", "pop3Port", "9"),
                        site -> site.change(
                                "test1",
                                "pop3Port",
                                Integer.toString(
                                        site.machine("store1").fronts().get(1).port()))),
                way(
                        "mmp2 cannot ask the directory",
                        "mmp2",
                        "ldap1",
                        site -> site.dovecot("mmp2").replace(DIRECTORY, "uris = ldap:", "uris = ldap://127.0.0.1:9 #"),
                        site -> site.dovecot("mmp2").replace(DIRECTORY, "uris = ldap://127.0.0.1:9 #", "uris = ldap:")),
                fault(
                        "mmp1 dead behind a balancer",
                        "mmp1",
                        site -> site.machine("mmp1").server().cutPower(),
                        site -> site.machine("mmp1").server().startAgain()),
                fault(
                        "mmp2 greets, and its login process hangs",
                        "mmp2",
                        site -> site.dovecot("mmp2").hang("auth"),
                        site -> site.dovecot("mmp2").goOn()));
    }

    static List<RealFault> stores() {
        return List.of(
                refusesLogins("store1"),
                refusesLogins("store2"),
                shut("store1 without IMAP", "store1", 0, Set.of("store1", "mmp1 to store1")),
                shut("store2 without POP3", "store2", 1, Set.of("store2", "mmp2 to store2")),
                shut("store1 without LMTP", "store1", 2, Set.of("store1")),
                fault(
                        "store2 LMTP does not answer",
                        "store2",
                        site -> site.machine("store2").fronts().get(2).vanish(),
                        site -> site.machine("store2").fronts().get(2).lead()),
                fault(
                        "store1 disk full: nothing can be written",
                        "store1",
                        site -> permit(site, "test1", "r-xr-xr-x"),
                        site -> permit(site, "test1", "rwxr-xr-x")),
                fault(
                        "store2 mailbox over its quota",
                        "store2",
                        site -> site.dovecot("store2").reconfigure(FAULT, """
                                mail_plugins = quota
                                plugin {
                                  quota = maildir:User quota
                                  quota_rule = *:storage=1B
                                }
                                """),
                        site -> site.dovecot("store2").reconfigure(FAULT, "")),
                rewritten(
                        "store1 finds no user to deliver to", "store1", "user_filter = (&", "user_filter = (&(cn=no)"),
                fault(
                        "store2 mail directory is gone",
                        "store2",
                        site -> move(site, "test2", "away"),
                        site -> move(site, "away", "test2")),
                fault(
                        "store1 greets, and its login process hangs",
                        "store1",
                        site -> site.dovecot("store1").hang("auth"),
                        site -> site.dovecot("store1").goOn()),
                fault(
                        "store2 LMTP slow",
                        "store2",
                        site -> site.machine("store2").fronts().get(2).delay(Duration.ofSeconds(1)),
                        site -> site.machine("store2").fronts().get(2).delay(Duration.ZERO)),
                fault(
                        "store1 password of the account was changed",
                        "store1",
                        site -> site.change("test1", "userPassword", "another"),
                        site -> site.change("test1", "userPassword", MailSite.PASSWORD)));
    }

    static RealFault refusesLogins(String machine) {
        return rewritten(machine + " refuses logins", machine, "userPassword=password", "cn=password");
    }

    private static RealFault refusesOne(String proxy, String user, String store) {
        String right = "pass_filter = (uid=%n)";
        String wrong = "pass_filter = (&(uid=%n)(!(uid=" + user + ")))";
        return way(
                proxy + " refuses the login of " + user,
                proxy,
                store,
                site -> site.dovecot(proxy).replace(DIRECTORY, right, wrong),
                site -> site.dovecot(proxy).replace(DIRECTORY, wrong, right));
    }

    private static RealFault rewritten(String name, String machine, String old, String other) {
        return fault(
                name,
                machine,
                site -> site.dovecot(machine).replace(DIRECTORY, old, other),
                site -> site.dovecot(machine).replace(DIRECTORY, other, old));
    }

    private static RealFault certified(String name, String proxy, String file) {
        return fault(name, proxy, site -> certify(site, proxy, file), site -> certify(site, proxy, "server.pem"));
    }

    private static void certify(MailSite site, String proxy, String file) throws IOException {
        site.dovecot(proxy)
                .reconfigure("server.pem", Files.readString(site.files().resolve(file)));
    }

    private static void permit(MailSite site, String user, String permissions) throws IOException {
        Path mail = site.dovecot("store1").mail().resolve(user);
        for (String part : List.of("cur", "new", "tmp", ".")) {
            Files.setPosixFilePermissions(mail.resolve(part), PosixFilePermissions.fromString(permissions));
        }
    }

    /** What is in its place can be neither read nor written. */
    private static void move(MailSite site, String from, String to) throws IOException {
        Path mail = site.dovecot("store2").mail();
        Path hole = mail.resolve("test2");
        if (Files.isRegularFile(hole)) {
            Files.delete(hole);
        }
        Files.move(mail.resolve(from), mail.resolve(to));
        if (!Files.exists(hole)) {
            Files.writeString(hole, "");
        }
    }
}
