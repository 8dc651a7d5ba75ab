package org.mailsonar.reflect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;

class AddressPatternTest {

    @ParameterizedTest
    @CsvSource({
        "return@monitor.test,return@monitor.test,true",
        "return@monitor.test,RETURN@Monitor.test,true",
        "return@monitor.test,return+x@monitor.test,false",
        "return@monitor.test,other@monitor.test,false",
        "return@monitor.test,return@other.test,false",
        "*@monitor.test,anybody@monitor.test,true",
        "*@Monitor.test,anybody+x@monitor.TEST,true",
        "*@monitor.test,anybody@sub.monitor.test,false",
        "*@monitor.test,anybody@notmonitor.test,false",
        "*@monitor.test,victim%elsewhere.test@monitor.test,false",
        "*@monitor.test,elsewhere.test!victim@monitor.test,false",
        "a%b@monitor.test,a%b@monitor.test,true"
    })
    void a_pattern_allows_one_address_or_a_whole_domain(String pattern, String address, boolean allowed) {
        assertThat(AddressPattern.parse(pattern).allows(EmailAddress.parse(address)))
                .isEqualTo(allowed);
        assertThat(AddressPattern.parse(pattern)).hasToString(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*@",
                "*@*",
                "*@*.monitor.test",
                "re*@monitor.test",
                "**@monitor.test",
                "monitor.test",
                "@monitor.test"
            })
    void what_is_no_pattern_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressPattern.parse(text));
    }
}
