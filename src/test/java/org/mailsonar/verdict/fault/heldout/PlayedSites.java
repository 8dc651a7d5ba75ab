package org.mailsonar.verdict.fault.heldout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.intake.mailbox.MailboxLogin;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.SmtpLimits;
import org.mailsonar.relay.SmtpLogin;
import org.mailsonar.relay.SmtpSettings;
import org.mailsonar.relay.TransportSecurity;
import org.mailsonar.site.Access;
import org.mailsonar.site.Directory;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.site.SiteTimings;
import org.mailsonar.site.Store;

/** The sites of the held-out table. */
final class PlayedSites {

    private PlayedSites() {}

    /**
     * How a site is made.
     *
     * @param directories how many
     * @param isShared whether each machine asks all directories in turn; else odd ones the first and even ones the second
     * @param storesAsk whether stores ask them, too
     * @param storesOpen whether the monitor may log in to the stores themselves
     * @param hasLogin whether the MTAs want a login
     */
    record Make(
            int mtas,
            int proxies,
            int stores,
            int directories,
            boolean isShared,
            boolean storesAsk,
            boolean storesOpen,
            boolean hasLogin) {}

    static Site of(String name, Make make, boolean isRotated) {
        List<String> stores = names("store", make.stores());
        UnaryOperator<String> address = machine -> machine + ".company.test";
        List<Mta> mtas = new ArrayList<>();
        names("mta", make.mtas())
                .forEach(mta -> mtas.add(
                        new Mta(mta, relay(address.apply(mta), make.hasLogin()), List.of(), stores, asked(mta, make))));
        List<Proxy> proxies = names("mmp", make.proxies()).stream()
                .map(proxy -> new Proxy(
                        proxy, new Access("imaps://" + address.apply(proxy), null), stores, asked(proxy, make)))
                .toList();
        List<Store> boxes = stores.stream()
                .map(store -> new Store(
                        store,
                        new EmailAddress("probe-" + store, "company.test"),
                        new MailboxLogin.Password("probe-" + store, "secret"),
                        make.storesOpen() ? new Access("imaps://" + address.apply(store), null) : null,
                        make.storesAsk() ? asked(store, make) : List.of()))
                .toList();
        SiteTimings usual = SiteTimings.STANDARD;
        return new Site(
                name,
                new EmailAddress("monitor", "company.test"),
                mtas,
                proxies,
                boxes,
                names("ldap", make.directories()).stream()
                        .map(directory -> new Directory(directory, neverRun(directory)))
                        .toList(),
                new SiteTimings(
                        usual.timeout(),
                        usual.slowAfter(),
                        usual.answer(),
                        usual.every(),
                        isRotated ? Duration.ofMinutes(20) : null));
    }

    /** The same with one MTA more, which hands all mail on to the others. */
    static Site relaying(Site site) {
        List<Mta> mtas = new ArrayList<>(site.mtas());
        String name = "mta" + (mtas.size() + 1);
        mtas.add(new Mta(
                name,
                relay(name + ".company.test", mtas.getFirst().relay().login() != null),
                site.mtas().stream().map(Mta::name).toList(),
                mtas.getFirst().stores(),
                List.of()));
        return new Site(
                site.name(), site.from(), mtas, site.proxies(), site.stores(), site.directories(), site.timings());
    }

    private static List<String> asked(String machine, Make make) {
        List<String> all = names("ldap", make.directories());
        if (make.isShared() || all.size() < 2) {
            return all;
        }
        boolean isOdd = machine.charAt(machine.length() - 1) % 2 == 1;
        return List.of(isOdd ? all.getFirst() : all.getLast());
    }

    private static List<String> names(String kind, int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> kind + i).toList();
    }

    private static SmtpSettings relay(String host, boolean hasLogin) {
        @Nullable SmtpLogin login = hasLogin ? new SmtpLogin("monitor", "secret") : null;
        return new SmtpSettings(
                host,
                587,
                TransportSecurity.STARTTLS_REQUIRED,
                null,
                login,
                "monitor.company.test",
                SmtpLimits.DEFAULT);
    }

    private static Check neverRun(String name) {
        return new Check() {
            @Override
            public String name() {
                return "ldap://" + name;
            }

            @Override
            public CheckResult run() {
                throw new IllegalStateException("played, and not run");
            }
        };
    }
}
