package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check's URL may be, and what is said of one that is not. */
class CheckUrlTest {

    @ParameterizedTest
    @CsvSource({
        "smtp://mx1.company.test,                 smtp, mx1.company.test, 25",
        "SMTP://mx1.company.test/,                smtp, mx1.company.test, 25",
        "imaps://mail.company.test:1993/?ip=6,    imaps, mail.company.test, 1993",
        "tcp://[::1]:80,                          tcp, ::1, 80",
        "lmtp://[2001:db8::1%eth0],               lmtp, 2001:db8::1%eth0, 24",
        "submission://127.0.0.1,                  submission, 127.0.0.1, 587",
        "ldap://dir.company.test/dc=company,      ldap, dir.company.test, 389"
    })
    void scheme_host_and_port_are_read(String text, String scheme, String host, int port) {
        CheckUrl url = CheckUrl.parse(text);

        assertThat(url.scheme()).isEqualTo(scheme);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
    }

    @Test
    void options_and_path_are_decoded() {
        CheckUrl url = CheckUrl.parse("imap://h/?user=web%20scout+x&passwordFile=a%26b&starttls=require");

        assertThat(url.options())
                .isEqualTo(Map.of("user", "web scout+x", "passwordFile", "a&b", "starttls", "require"));
        assertThat(CheckUrl.parse("http://h/a%20b").path()).isEqualTo("/a b");
        assertThat(CheckUrl.parse("http://h/").path()).isEmpty();
    }

    @Test
    void its_name_tells_what_is_looked_at_and_how_and_no_secret_file() {
        assertThat(CheckUrl.parse("imap://h/?user=webscout&passwordFile=secrets/w&ip=4&caFile=ca.pem&passwordEnv=W"))
                .hasToString("imap://h:143?ip=4&user=webscout");
        assertThat(CheckUrl.parse("http://h/a?text=x&status=200..299"))
                .hasToString("http://h:80/a?status=200..299&text=x");
        assertThat(CheckUrl.parse("smtp://[::1]/?to=a@company.test")).hasToString("smtp://[::1]:25?to=a@company.test");
    }

    @Test
    void a_site_brings_schemes_of_its_own() {
        CheckUrl url = CheckUrl.parse("milter://h/?user=a", Map.of("milter", 8891));

        assertThat(url.port()).isEqualTo(8891);
        assertThatThrownBy(() -> CheckUrl.parse("policy://h", Map.of("policy", 0)))
                .hasMessageEndingWith("it has no usual port: write policy://HOST:PORT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smpt://h                       | Did you mean smtp?
            gopher://h                     | the schemes are ftp, http, https, imap, imaps,
            mail.company.test              | a URL without a scheme cannot be used
            tcp://h                        | it has no usual port: write tcp://HOST:PORT
            smtp://                        | write a host name or an address
            smtp://h:0                     | a port is 1 to 65535
            smtp://h:65536                 | a port is 1 to 65535
            smtp://h:                      | a port is 1 to 65535
            smtp://::1                     | an IPv6 address stands in brackets
            smtp://[::1                    | write a host name or an address
            smtp://[h]                     | write a host name or an address
            smtp://a:s3cret@h              | a URL holds no user and no password
            smtp://h/?password=s3cret      | a password does not stand in a URL: write it into a file, and passwordFile=FILE
            smtp://h/?Passwd=s3cret        | a password does not stand in a URL
            smtp://h/?usr=a                | there is no option 'usr'
            smtp://h/?usr=a                | Did you mean user?
            smtps://h/?starttls=require    | there is no option 'starttls'
            tcp://h:1/?user=a              | there is no option 'user'
            pop3://h/?to=a@b.test          | there is no option 'to'
            smtp://h/?to                   | an option is written name=value, not to
            smtp://h/?to=                  | an option is written name=value, not to
            smtp://h/?to=a@b&to=c@d        | option to is given twice
            smtp://h/?to=%zz               | a % is followed by two hexadecimal digits
            smtp://h/?to=a%0d%0aDATA       | it holds a control character
            smtp://h/inbox                 | remove what stands between host and ?: /inbox
            smtp://h/#x                    | write blanks and # as %20 and %23
            smtp://h h                     | write blanks and # as %20 and %23
            """)
    void what_is_wrong_is_told_and_nothing_secret(String text, String message) {
        assertThatThrownBy(() -> CheckUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "imap://ada:s3?cret@h, true",
        "imap://ada:s3/cret@h, true",
        "imap://ada:12/cret@h, true",
        "imap://ada:s3/c?ret=x@h, true",
        "imap://ada@h, true",
        "http://ada:s3/cret@h, true",
        "smtp://h?to=ada@company.test, false",
        "smtp://h:25/?to=ada@company.test, false",
        "smtp://[::1]:25?to=ada@company.test, false",
        "http://h:80/~ada@company.test, false",
        "ldap://h/dc=x?filter=(mail=ada@company.test), false",
        "smtp://h, false"
    })
    void what_may_be_a_password_before_the_host_is_known_as_such(String text, boolean may) {
        assertThat(CheckUrl.mayHoldPassword(text)).isEqualTo(may);
    }

    @Test
    void only_a_password_that_everybody_uses_is_no_secret() {
        assertThat(new Login("ftp", "s3cret").isAnonymous()).isFalse();
        assertThat(new Login("anonymous", "s3cret").isAnonymous()).isFalse();
        assertThat(Login.anonymous("ftp").isAnonymous()).isTrue();
    }

    @Test
    void a_login_does_not_show_its_password() {
        assertThat(new Login("webscout", "s3cret")).hasToString("webscout (password not shown)");
        assertThatThrownBy(() -> new Login("webscout", "s3c\nret")).hasMessageNotContaining("s3c");
        assertThatThrownBy(() -> new Login("", "s3cret")).isInstanceOf(IllegalArgumentException.class);
    }
}
