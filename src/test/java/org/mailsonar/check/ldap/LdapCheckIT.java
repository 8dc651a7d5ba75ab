package org.mailsonar.check.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.lab.LdapLab;
import org.mailsonar.lab.NeedsLdap;
import org.mailsonar.testing.TestCertificates;

/** Against slapd. */
@NeedsLdap
class LdapCheckIT {

    private static final String PASSWORD = "not in any transcript";
    private static final String ADMIN = "user=cn%3Dadmin,dc%3Dcompany,dc%3Dtest";

    @TempDir
    private static Path directory;

    private static CheckLooks looks;
    private static LdapLab plain;
    private static LdapLab encrypted;

    @BeforeAll
    static void start() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "lab");
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        authority.writePem("server", "dns:localhost,ip:127.0.0.1", certificate, key);
        authority.caFile();
        secret("admin", PASSWORD);
        secret("wrong", "other");
        plain = LdapLab.start("ldap", certificate, key, PASSWORD);
        encrypted = LdapLab.start("ldaps", certificate, key, PASSWORD);
        looks = new CheckLooks(directory);
    }

    @AfterAll
    static void stop() {
        plain.close();
        encrypted.close();
    }

    private static void secret(String name, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(name), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static CheckResult look(String rest) throws Exception {
        return looks.at("ldap://127.0.0.1:" + plain.port() + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "?starttls=off 1",
                "?caFile=lab.pem&failDays=0&warnDays=0 1",
                "?caFile=lab.pem&failDays=0&warnDays=0&starttls=require 1",
                "/ou=people,dc=company,dc=test?caFile=lab.pem&failDays=0&warnDays=0&filter=(objectClass%3DinetOrgPerson)&entries=3 3",
                "?caFile=lab.pem&failDays=0&warnDays=0&base=ou=people,dc=company,dc=test&scope=one&entries=1..3 3",
                "?caFile=lab.pem&failDays=0&warnDays=0&base=ou=people,dc=company,dc=test&scope=base 1",
                "/dc=company,dc=test?caFile=lab.pem&failDays=0&warnDays=0&filter=(uid=nobody)&entries=0 0",
                "/dc=company,dc=test?caFile=lab.pem&failDays=0&warnDays=0&user=cn%3Dadmin,dc%3Dcompany,dc%3Dtest&passwordFile=admin 5"
            })
    void what_is_found_is_counted(String rest, int entries) throws Exception {
        CheckResult result = look(rest);

        assertThat(result.reason()).contains(entries == 1 ? "1 entry" : entries + " entries");
        assertThat(result.state()).isEqualTo(State.GOOD);
        assertThat(result.measures())
                .anyMatch(measure -> measure.name().equals("entries") && measure.value() == entries);
        assertThat(result.steps()).extracting(CheckResult.Step::name).contains("look-up", "connect", "bind", "search");
        assertThat(result.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void start_tls_is_used_where_it_is_offered_and_its_certificate_is_told() throws Exception {
        CheckResult result = look("?caFile=lab.pem&failDays=0&warnDays=0");

        assertThat(result.tls()).isNotNull();
        assertThat(result.tls().names()).containsExactly("localhost", "127.0.0.1");
        assertThat(result.steps()).extracting(CheckResult.Step::name).contains("StartTLS", "StartTLS TLS");
    }

    @Test
    void ldaps_is_encrypted_from_the_first_byte() throws Exception {
        CheckResult result =
                looks.at("ldaps://127.0.0.1:" + encrypted.port() + "/?caFile=lab.pem&failDays=0&warnDays=0");

        assertThat(result.state()).as(result.reason()).isEqualTo(State.GOOD);
        assertThat(result.tls()).isNotNull();
        assertThat(result.steps())
                .extracting(CheckResult.Step::name)
                .contains("TLS")
                .doesNotContain("StartTLS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dc=company,dc=test?caFile=lab.pem&failDays=0&warnDays=0&filter=(uid=ada)&entries=2|FAILING|RESULT|UNEXPECTED|1 entries found, expected 2",
                "/dc=company,dc=test?caFile=lab.pem&failDays=0&warnDays=0&entries=1..2|FAILING|RESULT|UNEXPECTED|more than 2 entries found, expected 1 to 2",
                "/dc=other,dc=test?caFile=lab.pem&failDays=0&warnDays=0|FAILING|COMMAND|REJECTED|the search failed: 32 no such object",
                "?caFile=lab.pem&failDays=0&warnDays=0&user=cn%3Dadmin,dc%3Dcompany,dc%3Dtest&passwordFile=wrong|FAILING|LOGIN|REJECTED|the server refuses the login: 49 invalid credentials",
                "?starttls=require|FAILING|TLS|CERTIFICATE|the certificate was signed by an authority that is not trusted here",
                "?caFile=lab.pem&failDays=0&warnDays=0&starttls=require&name=other.test|FAILING|TLS|CERTIFICATE|the certificate is for localhost, 127.0.0.1 and not for this host"
            })
    void what_is_wrong_is_told(String rest, State state, Stage stage, Kind kind, String words) throws Exception {
        CheckResult result = look(rest);

        assertThat(result.reason()).contains(words);
        assertThat(result.state()).isEqualTo(state);
        assertThat(result.trouble()).isEqualTo(new Trouble(stage, kind));
    }

    @Test
    void a_check_is_one_connection_and_ends_with_unbind() throws Exception {
        int before = count("ACCEPT");

        look("?starttls=off&" + ADMIN + "&passwordFile=admin");

        assertThat(count("ACCEPT")).isEqualTo(before + 1);
        assertThat(plain.log()).contains("UNBIND");
    }

    private static int count(String word) {
        return (int) plain.log().lines().filter(line -> line.contains(word)).count();
    }
}
