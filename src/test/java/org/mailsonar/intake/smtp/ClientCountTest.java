package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCountTest {

    private final ClientCount count =
            new ClientCount(ListenerLimits.STANDARD.withConnections(8).withConnectionsPerClient(2));

    @Test
    void each_client_has_its_own_share() throws UnknownHostException {
        assertThat(count.enter(address("192.0.2.1"))).isNull();
        assertThat(count.enter(address("192.0.2.1"))).isNull();
        assertThat(count.enter(address("192.0.2.1"))).isEqualTo(SmtpReply.CLIENT_FULL);
        assertThat(count.enter(address("192.0.2.2"))).isNull();
        count.leave(address("192.0.2.1"));
        assertThat(count.enter(address("192.0.2.1"))).isNull();
    }

    @Test
    void the_addresses_of_an_ipv6_network_are_one_client() throws UnknownHostException {
        assertThat(count.enter(address("2001:db8:1:2::1"))).isNull();
        assertThat(count.enter(address("2001:db8:1:2:ffff::2"))).isNull();
        assertThat(count.enter(address("2001:db8:1:2:3:4:5:6"))).isEqualTo(SmtpReply.CLIENT_FULL);
        assertThat(count.enter(address("2001:db8:1:3::1"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"})
    void this_machine_is_only_bound_by_the_number_of_all(String own) throws UnknownHostException {
        for (int i = 0; i < 8; i++) {
            assertThat(count.enter(address(own))).isNull();
        }
        assertThat(count.enter(address(own))).isEqualTo(SmtpReply.FULL);
        assertThat(count.enter(address("192.0.2.1"))).isEqualTo(SmtpReply.FULL);
    }

    @Test
    void it_is_nearly_full_above_three_quarters() throws UnknownHostException {
        for (int i = 0; i < 6; i++) {
            assertThat(count.enter(address("192.0.2." + i))).isNull();
        }
        assertThat(count.isNearlyFull()).isFalse();
        assertThat(count.enter(address("192.0.2.7"))).isNull();
        assertThat(count.isNearlyFull()).isTrue();
    }

    @Test
    void who_has_left_is_forgotten() throws UnknownHostException {
        for (int i = 0; i < 1000; i++) {
            InetAddress client = address("10.0." + i / 250 + "." + i % 250);
            assertThat(count.enter(client)).isNull();
            count.leave(client);
        }
        assertThat(count.clients()).isZero();
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
