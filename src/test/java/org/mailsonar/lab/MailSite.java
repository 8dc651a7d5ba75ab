package org.mailsonar.lab;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.testing.TestCertificates;

/**
 * A whole mail site on loopback: two Postfix that deliver to both stores by LMTP, two Dovecot proxies ({@code mmp1} by IMAP, {@code mmp2} by POP3, both
 * with TLS), two Dovecot stores with a test account each, and a slapd that all of them ask about users. Each machine is known to the others by
 * {@link Front}s alone.
 */
public final class MailSite implements AutoCloseable {

    /** The password of the accounts {@code test1} at store1 and {@code test2} at store2. */
    public static final String PASSWORD = "hunter2-and-more";

    /** What stands between {@code uid=test1,} and the end of the directory's names. */
    public static final String PEOPLE = "ou=people,dc=company,dc=test";

    private static final String SECRET = "directory-secret";

    private final Path files;
    private final LdapLab ldap;
    private final List<Machine> machines = new ArrayList<>();
    private final Front nowhere;

    private MailSite(Path files, LdapLab ldap) throws IOException {
        this.files = files;
        this.nowhere = Front.of(0);
        nowhere.vanish();
        this.ldap = ldap;
    }

    /**
     * Starts all of them; returns when each takes connections.
     *
     * @param directory where the authority keeps its files
     * @param authority vouches for the servers
     */
    public static MailSite start(Path directory, TestCertificates authority)
            throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve("ldap.crt");
        Path key = directory.resolve("ldap.key");
        authority.writePem("ldap", "ip:127.0.0.1", certificate, key);
        MailSite site =
                new MailSite(directory, LdapLab.start("ldap", certificate, key, SECRET, account(1) + account(2)));
        try {
            site.start(authority.serverFile("server", "ip:127.0.0.1"));
            return site;
        } catch (IOException | RuntimeException failed) {
            site.close();
            throw failed;
        }
    }

    private void start(Path serverFile) throws IOException {
        Front directory = Front.of(ldap.port());
        machines.add(new Machine("ldap1", ldap, List.of(directory)));
        for (int number = 1; number <= 2; number++) {
            SiteDovecot store = SiteDovecot.start(
                    "site-store.conf",
                    serverFile,
                    login(directory) + """
                            pass_filter = (&(uid=%%n)(mailStore=store%d))
                            user_filter = (&(uid=%%n)(mailStore=store%d))
                            pass_attrs = uid=user,userPassword=password
                            user_attrs = =uid=30001,=gid=30001,=home=LAB/mail/%%n
                            """.formatted(number, number),
                    List.of(Service.IMAP, Service.POP3, Service.LMTP));
            Machine machine = machine(store, "store" + number, Service.IMAP, Service.POP3, Service.LMTP);
            List<Front> fronts = machine.fronts();
            change("test" + number, "imapPort", Integer.toString(fronts.get(0).port()));
            change("test" + number, "pop3Port", Integer.toString(fronts.get(1).port()));
            change("test" + number, "lmtpPlace", "127.0.0.1:" + fronts.get(2).port());
        }
        machine(proxy(serverFile, directory, "imapPort"), "mmp1", Service.IMAPS);
        machine(proxy(serverFile, directory, "pop3Port"), "mmp2", Service.POP3S);
        for (int number = 1; number <= 2; number++) {
            PostfixLab mta = mta("mta" + number, directory);
            machines.add(new Machine("mta" + number, mta, List.of(Front.of(mta.port()))));
        }
    }

    private Machine machine(SiteDovecot server, String name, Service... services) throws IOException {
        List<Front> fronts = new ArrayList<>();
        for (Service service : services) {
            fronts.add(Front.of(server.port(service)));
        }
        Machine machine = new Machine(name, server, fronts);
        machines.add(machine);
        return machine;
    }

    private static SiteDovecot proxy(Path serverFile, Front directory, String port) throws IOException {
        return SiteDovecot.start(
                "site-proxy.conf",
                serverFile,
                login(directory) + """
                        pass_filter = (uid=%%n)
                        pass_attrs = uid=user,userPassword=password,=proxy=y,=host=127.0.0.1,%s=port
                        """.formatted(port),
                List.of(Service.IMAP, Service.IMAPS, Service.POP3, Service.POP3S));
    }

    private static PostfixLab mta(String name, Front directory) throws IOException {
        String table = """
                server_host = ldap://127.0.0.1:%d
                version = 3
                bind = no
                timeout = 5
                search_base = %s
                query_filter = (mail=%%s)
                """.formatted(directory.port(), PEOPLE);
        return PostfixLab.inNewDirectory()
                .domain(name + ".test")
                .parameter("relay_domains", "company.test")
                .parameter("relay_recipient_maps", "ldap:/etc/postfix/recipients.cf")
                .parameter("transport_maps", "ldap:/etc/postfix/routes.cf")
                .parameter("lmtp_lhlo_timeout", "10s")
                .parameter("lmtp_connect_timeout", "5s")
                .table("recipients.cf", table + "result_attribute = uid\n")
                .table("routes.cf", table + "result_attribute = lmtpPlace\nresult_format = lmtp:inet:%s\n")
                .start();
    }

    private static String login(Front directory) {
        return """
                uris = ldap://127.0.0.1:%d
                dn = %s
                dnpass = %s
                ldap_version = 3
                base = %s
                default_pass_scheme = PLAIN
                """.formatted(directory.port(), LdapLab.ADMIN, SECRET, PEOPLE);
    }

    private static String account(int number) {
        return """

                dn: uid=test%d,%s
                objectClass: inetOrgPerson
                objectClass: mailRoutes
                uid: test%d
                cn: Test %d
                sn: Test
                mail: test%d@company.test
                mailStore: store%d
                userPassword: %s
                """.formatted(number, PEOPLE, number, number, number, number, PASSWORD);
    }

    /** The machine of a name: mta1, mta2, mmp1, mmp2, store1, store2 or ldap1. */
    public Machine machine(String name) {
        return machines.stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** All seven. */
    public List<Machine> machines() {
        return List.copyOf(machines);
    }

    /** The Postfix of {@code mta1} or {@code mta2}. */
    public PostfixLab postfix(String name) {
        return (PostfixLab) machine(name).server();
    }

    /** The Dovecot of a proxy or a store. */
    public SiteDovecot dovecot(String name) {
        return (SiteDovecot) machine(name).server();
    }

    /** Changes what the directory says of a user. */
    public void change(String user, String attribute, String... values) {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", ldap.port(), LdapLab.ADMIN, SECRET)) {
            connection.modify(
                    "uid=" + user + "," + PEOPLE, new Modification(ModificationType.REPLACE, attribute, values));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The directory knows a user by another name from now on, and by no address of his. */
    public void rename(String user, String other) {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", ldap.port(), LdapLab.ADMIN, SECRET)) {
            connection.modifyDN("uid=" + user + "," + PEOPLE, "uid=" + other, true);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
        change(other, "mail", other + "@company.test");
    }

    /** A port of 127.0.0.1 where nothing answers. */
    public int nowhere() {
        return nowhere.port();
    }

    /** Where its authority keeps its files. */
    public Path files() {
        return files;
    }

    /** The directory itself. */
    public LdapLab directory() {
        return ldap;
    }

    @Override
    public void close() {
        machines.reversed().forEach(Machine::close);
        nowhere.close();
    }
}
