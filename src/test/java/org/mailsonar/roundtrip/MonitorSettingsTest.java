package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;

class MonitorSettingsTest {

    private static final ProbeId ID = TestProbes.ID;

    private final MonitorSettings settings = settings("probe@monitor.test", "return@monitor.test");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return@monitor.test",
                "Return@MONITOR.test",
                "return+anything@monitor.test",
                "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test",
                "probe+01kaj2v0n2q4q4x8yb7d6s5t3r@monitor.test",
                "PROBE+01kaj2v0n2q4q4x8yb7d6s5t3r@Monitor.Test"
            })
    void mail_is_taken_for_returns_and_for_bounces(String address) {
        assertThat(settings.receivesAt(EmailAddress.parse(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "probe@monitor.test",
                "probe+@monitor.test",
                "probe+x@monitor.test",
                "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3@monitor.test",
                "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3RR@monitor.test",
                "probe+81KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test",
                "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3U@monitor.test",
                "probe+x+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test",
                "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@other.test",
                "other+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test",
                "return@other.test",
                "returns@monitor.test"
            })
    void mail_for_anybody_else_is_not_taken(String address) {
        assertThat(settings.receivesAt(EmailAddress.parse(address))).isFalse();
    }

    @Test
    void the_bounce_address_of_a_probe_leads_back_to_it() {
        assertLeadsBack(settings.bounceAddress(ID));
        assertLeadsBack(EmailAddress.parse("probe+01kaj2v0n2q4q4x8yb7d6s5t3r@monitor.test"));
    }

    @Test
    void the_longest_from_that_a_file_may_name_has_bounce_addresses() {
        MonitorSettings longest = settings("p".repeat(37) + "@monitor.test", "return@monitor.test");
        assertThat(longest.isBounceAddress(longest.bounceAddress(ID))).isTrue();
    }

    @Test
    void the_same_address_may_send_probes_and_take_returns() {
        MonitorSettings same = settings("probe@monitor.test", "probe@monitor.test");
        assertThat(same.receivesAt(EmailAddress.parse("probe@monitor.test"))).isTrue();
        assertThat(same.isBounceAddress(EmailAddress.parse("probe@monitor.test")))
                .isFalse();
        assertThat(same.isBounceAddress(same.bounceAddress(ID))).isTrue();
    }

    @Test
    void a_return_address_may_have_an_extension_of_its_own() {
        MonitorSettings extended = settings("probe@monitor.test", "me+sonar@monitor.test");
        assertThat(extended.receivesAt(EmailAddress.parse("me+sonar@monitor.test")))
                .isTrue();
        assertThat(extended.receivesAt(EmailAddress.parse("me@monitor.test"))).isFalse();
    }

    private void assertLeadsBack(EmailAddress address) {
        assertThat(settings.isBounceAddress(address)).isTrue();
        assertThat(settings.probeOf(address)).isEqualTo(ID);
    }

    private static MonitorSettings settings(String from, String returnTo) {
        return new MonitorSettings(
                "sydney", EmailAddress.parse(from), EmailAddress.parse(returnTo), MonitorSettings.DEFAULT_VALIDITY);
    }
}
