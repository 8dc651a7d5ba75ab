package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.Site;

/** The old site monitor's file. */
class SequenceReaderTest {

    private static final String SITE = """
            name: company
            key: keys/monitor.key
            from: probe@monitor.test
            mtas: [{name: mta1, url: "smtp://192.0.2.1"}, {name: mta2, url: "smtp://192.0.2.2"}]
            proxies: [{name: mmp1, url: "imaps://p.test"}]
            stores: [{name: store1, address: a@x.test, user: a, passwordFile: secrets/password}]
            """;

    @TempDir
    private Path temporary;

    private ConfigDirectory directory;
    private Site site;

    @BeforeEach
    void fill() throws ConfigException {
        directory = ConfigDirectory.in(temporary);
        site = SiteReader.read(directory.file("site.yaml", SITE)).site();
    }

    @Test
    void it_is_read_as_it_is() throws ConfigException {
        PathPlan plan = read("""
                # minute  kind  store      MTA      proxy

                05 DMSG -u store1 -s mta2 -p mmp1   # the second one
                0\tDMSG -p mmp1  -s mta1 -u store1
                35 DMSG -u store1 -s mta1 -p mmp1\r
                """).plan();

        assertThat(plan.minutes()).isEqualTo(60);
        assertThat(plan.slots())
                .extracting(slot -> slot.minute() + " " + slot.path())
                .containsExactly(
                        "0 store1 by mta1 and mmp1", "5 store1 by mta2 and mmp1", "35 store1 by mta1 and mmp1");
        assertThat(plan.missing(site)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "60 DMSG -u store1 -s mta1 -p mmp1 | '60' is no minute of the hour, 0 to 59",
                "five DMSG -u store1 -s mta1 -p mmp1 | 'five' is no minute of the hour, 0 to 59",
                "-5 DMSG -u store1 -s mta1 -p mmp1 | '-5' is no minute of the hour, 0 to 59",
                "99999999999 DMSG | '99999999999' is no minute of the hour, 0 to 59",
                "5 | '5' is no minute of the hour, 0 to 59",
                "5 SMSG -u store1 -s mta1 -p mmp1 | 'SMSG' is not known here, only DMSG is",
                "5 DMSG -u store1 -s mta1 -x mmp1 | '-x' is not understood",
                "5 DMSG -u store1 -s mta1 -p | -p has no name behind it",
                "5 DMSG -u -s mta1 -p mmp1 | -u has no name behind it",
                "5 DMSG -u store1 -u store1 -s mta1 -p mmp1 | -u is there twice",
                "5 DMSG -u store1 -p mmp1 | no MTA is named",
                "5 DMSG -u store1 -s mta3 -p mmp1 | the site has no MTA 'mta3'; it has mta1, mta2",
                "5 DMSG -u mmp1 -s mta1 -p mmp1 | the site has no store 'mmp1'; it has store1",
            })
    void a_mistake_is_told_with_its_line(String line, String expected) {
        Throwable told = catchThrowable(() -> read("# one\n\n" + line + "\n"));

        assertThat(told).isInstanceOf(ConfigException.class);
        assertThat(told.getMessage()).startsWith(temporary.resolve("sequence.cfg") + ":3: " + expected);
    }

    @Test
    void all_lines_without_a_mistake_hold() throws ConfigException {
        Sequence sequence = read("""
                0 DMSG -u store1 -s mta1 -p mmp1
                61 DMSG -u store1 -s mta1 -p mmp1
                5 DMSG -u nobody -s mta1 -p mmp1
                9 DMSG -u store1 -s mta2 -p mmp1
                """);

        assertThat(sequence.plan().slots())
                .extracting(slot -> slot.minute() + " " + slot.path())
                .containsExactly("0 store1 by mta1 and mmp1", "9 store1 by mta2 and mmp1");
        assertThat(sequence.mistakes())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(temporary.resolve("sequence.cfg") + ":2: '61' is no minute");
    }

    @Test
    void a_sites_file_may_name_one() throws ConfigException {
        directory.file("sequence.cfg", "5 DMSG -u store1 -s mta2 -p mmp1\n");
        SiteConfig config = SiteReader.read(directory.file("other.yaml", SITE + "sequence: sequence.cfg\n"));

        assertThat(config.sequence().plan().paths()).hasToString("[store1 by mta2 and mmp1]");
    }

    @ParameterizedTest
    @CsvSource({"''", "'# nothing but words\n\n'"})
    void an_empty_file_is_a_mistake(String content) {
        assertThat(catchThrowable(() -> read(content)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sequence.cfg:1: the file has no runs; write for example: 5 DMSG -u store1");
    }

    private Sequence read(String content) throws ConfigException {
        return SequenceReader.read(directory.file("sequence.cfg", content), site);
    }
}
