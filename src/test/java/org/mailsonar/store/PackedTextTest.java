package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "> MAIL FROM:<a@b>\n< 250 2.1.0 Ok\n", "Empfänger 📭", "\0"})
    void a_text_comes_out_as_it_went_in(String text) {
        assertThat(PackedText.unpack(PackedText.pack(text))).isEqualTo(text);
        String much = (text + "4711").repeat(4_000);
        assertThat(PackedText.unpack(PackedText.pack(much))).isEqualTo(much);
    }

    @Test
    void what_was_packed_once_stays_readable() {
        byte[] packed = HexFormat.of().parseHex("01438ae44487248c680600");
        assertThat(PackedText.unpack(packed)).isEqualTo("> RCPT TO:<a@b>\n< 250 2.1.5 Ok\n");
    }

    @Test
    void what_is_no_packed_text_is_refused() {
        byte[] packed = PackedText.pack("{\"there\":{}} and more");
        for (byte[] wrong : new byte[][] {{}, {2, 3, 4}, {1}, {1, 7, 7, 7}, Arrays.copyOf(packed, packed.length - 1)}) {
            assertThatThrownBy(() -> PackedText.unpack(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
