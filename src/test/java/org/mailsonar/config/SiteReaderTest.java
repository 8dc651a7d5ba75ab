package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.site.Store;

/** What a site's file means. Mistakes in one are in {@link BadConfigTest}. */
class SiteReaderTest {

    @TempDir
    private Path temporary;

    private ConfigDirectory directory;

    @BeforeEach
    void fill() {
        directory = ConfigDirectory.in(temporary);
    }

    @Test
    void the_shipped_file_loads() throws IOException, ConfigException {
        SiteConfig config = SiteReader.read(directory.file("site.yaml", Files.readString(Path.of("conf/site.yaml"))));

        Site site = config.site();
        assertThat(config.key().getPublic()).isEqualTo(TestKeys.pair("monitor").getPublic());
        assertThat(site.name()).isEqualTo("company");
        assertThat(site.mtas()).extracting(Mta::name).containsExactly("mta1", "mta2", "mta3");
        assertThat(site.mta("mta3").relaysTo()).containsExactly("mta1", "mta2");
        assertThat(site.mta("mta3").relay().toString()).doesNotContain("hunter2");
        assertThat(site.proxies()).extracting(Proxy::name).containsExactly("mmp1", "mmp2");
        assertThat(site.stores()).extracting(Store::name).containsExactly("store1", "store2");
        assertThat(site.paths()).hasSize(2 * 3 * 2);
        assertThat(site.timings().cover()).isEqualTo(Duration.ofHours(1));
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @Test
    void unless_told_otherwise_everybody_reaches_everybody() throws ConfigException {
        Site site = site("""
                mtas: [{name: mta1, url: "smtp://192.0.2.1"}]
                proxies: [{name: mmp1, url: "imaps://p.test"}, {name: mmp2, url: "pop3s://p.test", stores: [store2]}]
                stores:
                  - {name: store1, address: a@x.test, user: a, passwordFile: secrets/password}
                  - {name: store2, address: b@x.test, user: b, passwordFile: secrets/password, directories: []}
                directories: [{name: ldap1, url: "ldap://l.test"}]
                """);

        assertThat(site.mta("mta1").stores()).containsExactly("store1", "store2");
        assertThat(site.mta("mta1").directories()).containsExactly("ldap1");
        assertThat(site.store("store1").directories()).containsExactly("ldap1");
        assertThat(site.store("store2").directories()).isEmpty();
        assertThat(site.paths())
                .extracting(Object::toString)
                .containsExactly("store1 by mta1 and mmp1", "store2 by mta1 and mmp1", "store2 by mta1 and mmp2");
        assertThat(site.timings().timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void without_proxies_each_store_is_asked_itself() throws ConfigException {
        Site site = site("""
                mtas: [{name: mta1, url: "smtp://192.0.2.1"}]
                stores: [{name: store1, address: a@x.test, user: a, passwordFile: secrets/password, url: "imaps://s.test"}]
                """);

        assertThat(site.paths()).extracting(Object::toString).containsExactly("store1 by mta1 and store1");
        assertThat(site.access("store1").mailbox(site.store("store1")).describe())
                .isEqualTo("imaps://a@s.test:993/INBOX");
    }

    private Site site(String machines) throws ConfigException {
        String head = "name: company\nkey: keys/monitor.key\nfrom: probe@monitor.test\n";
        return SiteReader.read(directory.file("site.yaml", head + machines)).site();
    }
}
