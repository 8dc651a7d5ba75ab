package org.mailsonar.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeIdTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void ids_begin_with_their_time() {
        // The time of the example in the ULID specification.
        assertThat(ProbeId.create(Instant.ofEpochMilli(1_469_918_176_385L), random)
                        .text())
                .startsWith("01ARYZ6S41");
        assertThat(ProbeId.create(Instant.ofEpochMilli((1L << 48) - 1), random).text())
                .startsWith("7ZZZZZZZZZ");
    }

    @Test
    void later_ids_sort_behind() {
        String before = "";
        for (long time = 0; time < 1L << 47; time = time * 3 + 1) {
            String id = ProbeId.create(Instant.ofEpochMilli(time), random).text();
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    @Test
    void ids_of_one_instant_differ_and_use_every_character() {
        Set<String> ids = new HashSet<>();
        Set<Integer> characters = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String id = ProbeId.create(TestProbes.SENT, random).text();
            ids.add(id);
            id.chars().skip(10).forEach(characters::add);
        }
        assertThat(ids).hasSize(1000);
        assertThat(characters).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01KAJ2V0N2Q4Q4X8YB7D6S5T3",
                "01KAJ2V0N2Q4Q4X8YB7D6S5T3RR",
                "81KAJ2V0N2Q4Q4X8YB7D6S5T3R",
                "/1KAJ2V0N2Q4Q4X8YB7D6S5T3R",
                "01kaj2v0n2q4q4x8yb7d6s5t3r",
                "01KAJ2V0N2Q4Q4X8YB7D6S5T3U",
                "01KAJ2V0N2Q4Q4X8YB7D6S5T3I",
                "01KAJ2V0N2Q4Q4X8YB7D6S5T3\n",
                "01KAJ2V0N2Q4Q4X8YB7D6S5T3@",
                "٠1KAJ2V0N2Q4Q4X8YB7D6S5T3R"
            })
    void what_is_no_ulid_is_refused_and_not_repeated(String text) {
        assertThat(ProbeId.isValid(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProbeId(text))
                .withMessage("a probe id is a ULID of 26 characters");
    }

    @Test
    void a_time_outside_48_bits_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProbeId.create(Instant.ofEpochMilli(1L << 48), random));
        assertThatIllegalArgumentException().isThrownBy(() -> ProbeId.create(Instant.ofEpochMilli(-1), random));
    }
}
