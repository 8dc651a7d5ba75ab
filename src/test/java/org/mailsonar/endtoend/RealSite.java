package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.mailsonar.lab.Front;
import org.mailsonar.lab.MailSite;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.TestCertificates;

/** A real site with the file that {@code mailsonar paths} reads of it. */
final class RealSite implements AutoCloseable {

    /** So often it is looked at until it is well again. */
    private static final int ATTEMPTS = 6;

    private final MailSite servers;
    private final Path file;

    private RealSite(MailSite servers, Path file) {
        this.servers = servers;
        this.file = file;
    }

    /** Starts all servers, and sends a first mail over each path; the files go into the directory. */
    static RealSite start(Path directory) throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(directory, "ca");
        authority.caFile();
        authority.expiredServerFile("expired", "ip:127.0.0.1");
        authority.serverFile("other", "dns:elsewhere.test");
        MailSite servers = MailSite.start(directory, authority);
        TestKeys.copy("monitor.key", directory, "rw-------");
        Path password = Files.writeString(directory.resolve("password"), MailSite.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Path file = Files.writeString(directory.resolve("site.yaml"), """
                name: company
                key: monitor.key
                from: probe@monitor.test
                mtas:
                  - {name: mta1, url: "smtp://127.0.0.1:%d"}
                  - {name: mta2, url: "smtp://127.0.0.1:%d"}
                proxies:
                  - {name: mmp1, url: "imaps://127.0.0.1:%d", caFile: ca.pem}
                  - {name: mmp2, url: "pop3s://127.0.0.1:%d", caFile: ca.pem}
                stores:
                  - {name: store1, address: test1@company.test, user: test1, passwordFile: password, url: "imap://127.0.0.1:%d"}
                  - {name: store2, address: test2@company.test, user: test2, passwordFile: password}
                directories:
                  - {name: ldap1, url: "ldap://127.0.0.1:%d?base=%s&filter=(uid=test1)"}
                timings: {timeout: 10s, slowAfter: 3s, answer: 3s, every: 5m}
                """.formatted(
                        front(servers, "mta1").port(),
                        front(servers, "mta2").port(),
                        front(servers, "mmp1").port(),
                        front(servers, "mmp2").port(),
                        front(servers, "store1").port(),
                        front(servers, "ldap1").port(),
                        MailSite.PEOPLE));
        RealSite site = new RealSite(servers, file);
        site.recovers(); // each account has a mailbox from its first mail on
        return site;
    }

    private static Front front(MailSite servers, String machine) {
        return servers.machine(machine).fronts().getFirst();
    }

    /** Breaks it, asks the shipped program who is at fault, and mends it. */
    FaultFound find(RealFault fault) throws Exception {
        fault.breaking().on(servers);
        try {
            return FaultFound.of(paths());
        } finally {
            fault.mending().on(servers);
        }
    }

    /** Whether the site is as it was, if need be after a while. */
    boolean recovers() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (String mta : new String[] {"mta1", "mta2"}) {
                servers.postfix(mta).run("postsuper", "-d", "ALL");
            }
            if (FaultFound.of(paths()).finding().equals("good")) {
                return true;
            }
        }
        return false;
    }

    /** What the command prints, as JSON. */
    private String paths() {
        try (Program program = Program.start(
                InstalledTree.environment(), program(), "paths", "--config", file.toString(), "--format", "json")) {
            if (program.status() > 2) {
                throw new IllegalStateException(program.toString());
            }
            return program.output();
        }
    }

    private static String program() {
        String named = System.getProperty("mailsonar.program");
        return named == null ? InstalledTree.shared().script("mailsonar") : named;
    }

    @Override
    public void close() {
        servers.close();
    }
}
