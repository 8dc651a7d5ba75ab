package org.mailsonar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.intake.mailbox.MailboxLogin;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.relay.SmtpSettings;
import org.mailsonar.site.Access;
import org.mailsonar.site.Directory;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.site.SiteTimings;
import org.mailsonar.site.Store;
import org.mailsonar.time.TimeSource;

/**
 * Reads the file of a site: its machines, how they depend on each other, and the test account of each store. Every name that a machine
 * mentions has to be there, every store needs an account, and every path a way to fetch.
 */
public final class SiteReader {

    private static final String[] MTA = {
        "name", "url", "passwordFile", "passwordEnv", "relaysTo", "stores", "directories"
    };
    private static final String[] PROXY = {"name", "url", "caFile", "stores", "directories"};
    private static final String[] STORE = {
        "name", "address", "user", "passwordFile", "passwordEnv", "url", "caFile", "directories"
    };
    private static final String[] DIRECTORY = {"name", "url"};

    private final ConfigSection top;

    private final SiteNames names = new SiteNames();

    private SiteReader(ConfigSection top) {
        this.top = top;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException when anything in it is wrong, the key and the passwords that it names included
     */
    public static SiteConfig read(Path file) throws ConfigException {
        return read(file, new ArrayList<>());
    }

    /** The same; the file, and those with secrets that it names, are added to the list, also when something is wrong. */
    public static SiteConfig read(Path file, List<Path> parts) throws ConfigException {
        ConfigSection top = ConfigNode.read(file, parts)
                .section("name", "key", "from", "mtas", "proxies", "stores", "directories", "timings", "sequence");
        return new SiteReader(top).read();
    }

    private SiteConfig read() throws ConfigException {
        ConfigNode mtas = top.required("mtas", "[{name: mta1, url: 'smtp://mta1.company.test'}]");
        ConfigNode stores = top.required(
                "stores", "[{name: store1, address: test1@company.test, user: test1, passwordFile: secrets/test1}]");
        ConfigNode proxies = top.optional("proxies");
        ConfigNode directories = top.optional("directories");
        List<String> mtaNames = names.of(mtas, "MTA", MTA);
        names.of(proxies, "proxy", PROXY);
        List<String> storeNames = names.of(stores, "store", STORE);
        List<String> directoryNames = names.of(directories, "directory server", DIRECTORY);
        SiteTimings timings = timings(top.optional("timings"));
        Site site = new Site(
                top.required("name", "company").text(),
                top.required("from", "probe@monitor.test").as(EmailAddress::parse),
                mtas(mtas, mtaNames, storeNames, directoryNames),
                proxies(proxies, storeNames, directoryNames),
                stores(stores, proxies == null || proxies.list().isEmpty(), directoryNames),
                directories(directories, timings.answer()),
                timings);
        requireMailboxes(site, proxies, stores);
        requirePaths(site, stores);
        KeyPair key = MonitorConfig.keyPair(top.required("key", "keys/monitor.key"));
        ConfigNode sequence = top.optional("sequence");
        return new SiteConfig(
                site, key, sequence == null ? Sequence.of(site) : SequenceReader.read(sequence.part(), site));
    }

    private List<Mta> mtas(ConfigNode list, List<String> mtaNames, List<String> stores, List<String> directories)
            throws ConfigException {
        List<Mta> mtas = new ArrayList<>();
        for (ConfigNode item : list.list()) {
            ConfigSection section = item.section(MTA);
            String name = section.required("name", "mta1").text();
            ConfigNode url = section.required("url", "smtp://mta1.company.test");
            RelaySettings relay = RelayReader.settings(url, Secrets.password(section));
            if (!(relay instanceof SmtpSettings smtp)) {
                throw url.error("mail is submitted to an MTA by smtp:// or smtps://");
            }
            ConfigNode relaysTo = section.optional("relaysTo");
            List<String> next = names.chosen(relaysTo, "MTA", mtaNames, List.of());
            if (relaysTo != null && next.contains(name)) {
                throw relaysTo.error("an MTA does not relay to itself; remove '" + name + "'");
            }
            mtas.add(new Mta(
                    name,
                    smtp,
                    next,
                    names.chosen(section.optional("stores"), "store", stores, stores),
                    names.chosen(section.optional("directories"), "directory server", directories, directories)));
        }
        return mtas;
    }

    private List<Proxy> proxies(@Nullable ConfigNode list, List<String> stores, List<String> directories)
            throws ConfigException {
        List<Proxy> proxies = new ArrayList<>();
        for (ConfigNode item : list == null ? List.<ConfigNode>of() : list.list()) {
            ConfigSection section = item.section(PROXY);
            proxies.add(new Proxy(
                    section.required("name", "mmp1").text(),
                    access(section, section.required("url", "imaps://mmp1.company.test")),
                    names.chosen(section.optional("stores"), "store", stores, stores),
                    names.chosen(section.optional("directories"), "directory server", directories, directories)));
        }
        return proxies;
    }

    private List<Store> stores(ConfigNode list, boolean isDirect, List<String> directories) throws ConfigException {
        List<Store> stores = new ArrayList<>();
        for (ConfigNode item : list.list()) {
            ConfigSection section = item.section(STORE);
            String name = section.required("name", "store1").text();
            EmailAddress account =
                    section.required("address", "test1@company.test").as(EmailAddress::parse);
            ConfigNode user = section.required("user", "test1");
            String password = Secrets.password(section);
            if (password == null) {
                throw item.error("store '" + name
                        + "' has a test account without a password; add for example: passwordFile: secrets/test1");
            }
            ConfigNode url = section.optional("url");
            if (url == null && isDirect) {
                throw item.error("there are no proxies, and store '" + name
                        + "' has no url where its mail is fetched; add for example: url: imaps://store1.company.test");
            }
            stores.add(new Store(
                    name,
                    account,
                    user.as(text -> new MailboxLogin.Password(text, password)),
                    url == null ? null : access(section, url),
                    names.chosen(section.optional("directories"), "directory server", directories, directories)));
        }
        return stores;
    }

    private static Access access(ConfigSection section, ConfigNode url) throws ConfigException {
        ConfigNode caFile = section.optional("caFile");
        Path authorities = caFile == null ? null : caFile.path();
        if (caFile != null && (!Files.isReadable(caFile.path()) || Files.isDirectory(caFile.path()))) {
            throw caFile.error(caFile.path() + " cannot be read; name a file of certificates in PEM form");
        }
        return new Access(url.text(), authorities);
    }

    private static List<Directory> directories(@Nullable ConfigNode list, Duration answer) throws ConfigException {
        ChecksReader reader = new ChecksReader(List.of(), new Limits(answer, answer.dividedBy(2)), TimeSource.system());
        List<Directory> directories = new ArrayList<>();
        for (ConfigNode item : list == null ? List.<ConfigNode>of() : list.list()) {
            ConfigSection section = item.section(DIRECTORY);
            ConfigNode url = section.required("url", "ldap://ldap1.company.test");
            if (!url.text().matches("ldaps?://.*")) {
                throw url.error("a directory server is written ldap://host:port or ldaps://host:port");
            }
            directories.add(new Directory(section.required("name", "ldap1").text(), reader.read(url)));
        }
        return directories;
    }

    private static SiteTimings timings(@Nullable ConfigNode node) throws ConfigException {
        SiteTimings usual = SiteTimings.STANDARD;
        if (node == null) {
            return usual;
        }
        ConfigSection section = node.section("timeout", "slowAfter", "answer", "every", "cover");
        Duration timeout = section.optional("timeout", Quantities::duration, usual.timeout());
        Duration slowAfter = section.optional(
                "slowAfter",
                Quantities::duration,
                usual.slowAfter().compareTo(timeout) < 0 ? usual.slowAfter() : timeout);
        Duration answer = section.optional("answer", Quantities::duration, usual.answer());
        Duration every = section.optional("every", Quantities::duration, usual.every());
        ConfigNode cover = section.optional("cover");
        Duration within = cover == null ? null : cover.as(Quantities::duration);
        return node.check(() -> new SiteTimings(timeout, slowAfter, answer, every, within));
    }

    /** Every way to fetch has to be one for every account behind it. */
    private static void requireMailboxes(Site site, @Nullable ConfigNode proxies, ConfigNode stores)
            throws ConfigException {
        for (int i = 0; i < site.proxies().size() && proxies != null; i++) {
            Access access = site.proxies().get(i).access();
            ConfigNode url = proxies.list().get(i).section(PROXY).required("url", "imaps://mmp1.company.test");
            url.check(() -> access.mailbox(site.stores().getFirst()));
        }
        for (int i = 0; i < site.stores().size(); i++) {
            Store store = site.stores().get(i);
            Access direct = store.direct();
            if (direct != null) {
                stores.list().get(i).check(() -> direct.mailbox(store));
            }
        }
    }

    private static void requirePaths(Site site, ConfigNode stores) throws ConfigException {
        for (int i = 0; i < site.stores().size(); i++) {
            String name = site.stores().get(i).name();
            if (site.paths().stream().noneMatch(path -> path.store().equals(name))) {
                throw stores.list()
                        .get(i)
                        .error("no path leads to store '" + name
                                + "'; name it in the stores of an MTA and of a proxy, or leave those lists out");
            }
        }
    }
}
