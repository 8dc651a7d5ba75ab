package org.mailsonar.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webscout@company.test",
                "a@b",
                "root@localhost",
                "first.last+tag@sub.company.test",
                "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test",
                "SRS0=hash=tt=origin.test=user@forwarder.test",
                "x!#$%&'*+-/=?^_`{|}~@company.test",
                "user@[127.0.0.1]",
                "user@[IPv6:::1]",
                "user@xn--bcher-kva.test",
                "user@under_score.test",
                "wächter@bücher.test",
                "user@1.2.3.4"
            })
    void an_address_is_read_and_written_unchanged(String text) {
        assertThat(EmailAddress.parse(text)).hasToString(text);
        assertThat(EmailAddress.parse("<" + text + ">")).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "<>",
                "user",
                "user@",
                "@company.test",
                "a@b@company.test",
                "<<a@b>>",
                "<a@b",
                "a@b>",
                " a@b",
                "a@b ",
                "a b@company.test",
                "\"quoted local\"@company.test",
                "\"quoted\"@company.test",
                "a(comment)@company.test",
                "a,b@company.test",
                "a;b@company.test",
                "a:b@company.test",
                "a\\b@company.test",
                "@relay.test:user@company.test",
                ".a@company.test",
                "a.@company.test",
                "a..b@company.test",
                "-oQ/tmp@company.test",
                "-@company.test",
                "a@-company.test",
                "a@company-.test",
                "a@company..test",
                "a@.test",
                "a@test.",
                "a@[",
                "a@[]",
                "a@]",
                "a@[127.0.0.1].test",
                "a@x[127.0.0.1]",
                "a@[[1]",
                "a@host:25",
                "a@com/pany",
                "a@com pany",
                "a\u0000@company.test",
                "a@company.test\u0000",
                "a@company.test\r\nRCPT TO:<b@c>",
                "a\n@company.test",
                "a\u0085@company.test",
                "a\u202e@company.test",
                "a\u2028@company.test",
                "a@company\u00ad.test"
            })
    void what_is_no_address_is_refused_in_one_printable_line(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailAddress.parse(text))
                .withMessageContaining("is no mail address: ")
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"));
    }

    @Test
    void lengths_are_limited_in_octets() {
        String longest = "x".repeat(64) + "@" + ("d".repeat(63) + ".").repeat(3) + "d".repeat(63);

        assertThat(EmailAddress.parse(longest)).hasToString(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.parse("x" + longest));
        assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.parse(longest + "d"));
        assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.parse("ä".repeat(33) + "@company.test"));
    }

    @Test
    void a_refusal_shows_no_more_than_a_line_of_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailAddress.parse("x".repeat(1_000_000)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(250));
    }

    @Test
    void case_does_not_tell_addresses_apart() {
        EmailAddress lower = EmailAddress.parse("webscout@company.test");
        EmailAddress upper = EmailAddress.parse("WebScout@COMPANY.test");

        assertThat(upper).isEqualTo(lower).hasSameHashCodeAs(lower).hasToString("WebScout@COMPANY.test");
        assertThat(upper.sameDomain(lower)).isTrue();
        assertThat(upper).isNotEqualTo(EmailAddress.parse("webscout@company2.test"));
    }

    @Test
    void equal_addresses_have_equal_hash_codes_even_with_letters_of_odd_case() {
        for (String odd : new String[] {"\u0130", "\u0131", "\u212a", "\u017f", "\u00df", "\u03c2"}) {
            for (String plain : new String[] {"i", "I", "k", "s", "ss", "\u03c3"}) {
                EmailAddress one = EmailAddress.parse(odd + "@company.test");
                EmailAddress other = EmailAddress.parse(plain + "@company.test");

                assertThat(one.equals(other) && one.hashCode() != other.hashCode())
                        .as("%s and %s", one, other)
                        .isFalse();
            }
        }
    }

    @Test
    void what_would_be_no_address_without_its_extension_keeps_it() {
        assertThat(EmailAddress.parse("a.+b@company.test").withoutExtension()).hasToString("a.+b@company.test");
    }

    @Test
    void an_extension_can_be_taken_off() {
        assertThat(EmailAddress.parse("a+b+c@d.test").withoutExtension()).hasToString("a@d.test");
        assertThat(EmailAddress.parse("a@d.test").withoutExtension()).hasToString("a@d.test");
        assertThat(EmailAddress.parse("+b@d.test").withoutExtension()).hasToString("+b@d.test");
    }

    @Test
    void only_other_letters_than_ascii_need_smtputf8() {
        assertThat(EmailAddress.parse("a~@d.test").isInternationalized()).isFalse();
        assertThat(EmailAddress.parse("ä@d.test").isInternationalized()).isTrue();
        assertThat(EmailAddress.parse("a@ä.test").isInternationalized()).isTrue();
    }
}
