package org.mailsonar.verdict.fault;

import static org.mailsonar.verdict.fault.Sight.Part.ARRIVAL;
import static org.mailsonar.verdict.fault.Sight.Part.CONNECT;
import static org.mailsonar.verdict.fault.Sight.Part.QUEUE;
import static org.mailsonar.verdict.fault.Sight.Part.RETRIEVE;
import static org.mailsonar.verdict.fault.Sight.Part.STORE;
import static org.mailsonar.verdict.fault.Sight.Part.SUBMIT;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.site.Store;
import org.mailsonar.verdict.fault.Fault.Effect;
import org.mailsonar.verdict.fault.Fault.Kind;
import org.mailsonar.verdict.fault.Sight.Part;

/** All faults that a site can have, one at a time. */
final class Catalogue {

    static final double SURELY = 0.97;
    static final double MOSTLY = 0.85;
    static final double MAYBE = 0.5;
    static final double MACHINE = 0.01;
    static final double ACCOUNT = 0.004;

    private final Site site;
    private final List<Fault> faults = new ArrayList<>();

    private Catalogue(Site site) {
        this.site = site;
    }

    static List<Fault> of(Site site) {
        Catalogue catalogue = new Catalogue(site);
        site.mtas().forEach(catalogue::addMta);
        site.proxies().forEach(catalogue::addProxy);
        site.stores().forEach(catalogue::addStore);
        catalogue.faults.addAll(new Directories(site).all());
        catalogue.faults.addAll(new Ways(site).all());
        catalogue.addMonitor();
        return List.copyOf(catalogue.faults);
    }

    private void addMta(Mta mta) {
        String name = mta.name();
        List<Effect> relayed = site.mtas().stream()
                .filter(other -> other.relaysTo().contains(name))
                .map(other -> new Effect(
                        at(ARRIVAL, other.name()), SURELY / other.relaysTo().size(), Match.LOST))
                .toList();
        add(
                Kind.DOWN,
                List.of(name),
                "smtp",
                MACHINE,
                with(
                        relayed,
                        new Effect(at(SUBMIT, name), SURELY, Match.DOWN),
                        new Effect(at(CONNECT, name), 0.6, Match.DOWN),
                        new Effect(at(QUEUE, name), MAYBE, Match.LOST)));
        add(Kind.REFUSING, name, "smtp", MACHINE, new Effect(at(SUBMIT, name), SURELY, Match.REFUSING));
        add(
                Kind.HOLDING,
                List.of(name),
                "queue",
                MACHINE,
                with(
                        relayed,
                        new Effect(at(ARRIVAL, name), SURELY, Match.LOST),
                        new Effect(at(QUEUE, name), 0.9, Match.LOST)));
        add(
                Kind.FULL,
                name,
                "queue",
                MACHINE / 2,
                new Effect(at(SUBMIT, name), SURELY, Match.FULL),
                new Effect(at(QUEUE, name), MAYBE, Match.LOST));
        add(
                Kind.SLOW,
                name,
                "smtp",
                MACHINE,
                new Effect(at(SUBMIT, name), MOSTLY, Match.SLOW),
                new Effect(at(CONNECT, name), 0.3, Match.SLOW),
                new Effect(at(ARRIVAL, name), 0.3, Match.SLOW));
        add(
                Kind.SLOW,
                name,
                "queue",
                MACHINE / 2,
                new Effect(at(ARRIVAL, name), MOSTLY, Match.SLOW),
                new Effect(at(QUEUE, name), MAYBE, Match.LOST));
    }

    private void addProxy(Proxy proxy) {
        String name = proxy.name();
        String protocol = proxy.access().protocol();
        add(
                Kind.DOWN,
                name,
                protocol,
                MACHINE,
                new Effect(at(RETRIEVE, name), SURELY, Match.DOWN),
                new Effect(at(CONNECT, name), 0.6, Match.DOWN));
        add(Kind.REFUSING, name, protocol, MACHINE, new Effect(at(RETRIEVE, name), SURELY, Match.REFUSING));
        add(Kind.STRANDED, name, protocol, MACHINE / 4, new Effect(at(RETRIEVE, name), SURELY, Match.STRANDED));
        add(
                Kind.SLOW,
                name,
                protocol,
                MACHINE,
                new Effect(at(RETRIEVE, name), MOSTLY, Match.SLOW),
                new Effect(at(CONNECT, name), 0.3, Match.SLOW));
    }

    private void addStore(Store store) {
        String name = store.name();
        String protocol = store.direct() == null ? "mailbox" : store.direct().protocol();
        Predicate<Sight> itself = at(STORE, name).or(at(CONNECT, name)).or(at(RETRIEVE, name));
        Predicate<Sight> behind = with(RETRIEVE, name);
        Predicate<Sight> lost = with(ARRIVAL, name);
        Predicate<Sight> queues = sight -> sight.part() == QUEUE;
        add(
                Kind.DOWN,
                name,
                protocol,
                MACHINE,
                new Effect(itself, SURELY, Match.DOWN),
                new Effect(behind, SURELY, Match.CUT_OFF),
                new Effect(lost, 0.6, Match.LOST),
                new Effect(queues, MAYBE, Match.LOST));
        addService(store);
        add(
                Kind.HOLDING,
                name,
                "delivery",
                MACHINE,
                new Effect(lost, SURELY, Match.LOST),
                new Effect(queues, MAYBE, Match.LOST));
        add(
                Kind.SLOW,
                name,
                protocol,
                MACHINE,
                new Effect(at(STORE, name), MOSTLY, Match.SLOW),
                new Effect(behind, MOSTLY, Match.SLOW),
                new Effect(lost, 0.3, Match.SLOW));
        add(
                Kind.SLOW,
                name,
                "delivery",
                MACHINE / 2,
                new Effect(lost, MOSTLY, Match.SLOW),
                new Effect(queues, MAYBE, Match.LOST));
        add(
                Kind.LOGIN,
                name,
                "login",
                ACCOUNT,
                new Effect(with(RETRIEVE, name).or(with(STORE, name)), SURELY, Match.REFUSING));
        add(Kind.RECIPIENT, name, "recipient", ACCOUNT, new Effect(with(SUBMIT, name), SURELY, Match.REFUSING));
        // Whether there is room for a mail is known when its text has come, and a check sends none.
        add(
                Kind.FULL,
                name,
                "recipient",
                ACCOUNT,
                new Effect(with(SUBMIT, name).and(sight -> !sight.isDirected()), SURELY, Match.NO_ROOM));
    }

    /** Of a store that works otherwise the one service may be down that is looked at, and that proxies of the same protocol ask. */
    private void addService(Store store) {
        if (store.direct() == null || site.proxies().isEmpty()) {
            return;
        }
        String name = store.name();
        String protocol = store.direct().protocol();
        Predicate<Sight> behind = site.proxies().stream()
                .filter(proxy -> plain(proxy.access().protocol()).equals(plain(protocol)))
                .map(proxy -> at(RETRIEVE, proxy.name()))
                .reduce(sight -> false, Predicate::or);
        add(
                Kind.DOWN,
                name,
                protocol,
                MACHINE / 4,
                new Effect(at(STORE, name).or(at(CONNECT, name)), SURELY, Match.DOWN),
                new Effect(behind.and(sight -> name.equals(sight.store())), SURELY, Match.CUT_OFF));
    }

    /** Without the encryption: {@code imap} of {@code imaps}. */
    private static String plain(String protocol) {
        return protocol.replaceFirst("s$", "");
    }

    private void addMonitor() {
        Predicate<Sight> direct = Sight::isDirect;
        add(Kind.BLIND, List.of(), "network", 0.005, List.of(new Effect(direct, SURELY, Match.BLIND)));
        add(Kind.SLOW_MONITOR, List.of(), "network", 0.003, List.of(new Effect(direct, MOSTLY, Match.SLOW)));
    }

    private void add(Kind kind, String machine, String protocol, double prior, Effect... effects) {
        add(kind, List.of(machine), protocol, prior, List.of(effects));
    }

    private void add(Kind kind, List<String> machines, String protocol, double prior, List<Effect> effects) {
        faults.add(new Fault(kind, machines, protocol, prior, List.copyOf(effects)));
    }

    private static List<Effect> with(List<Effect> some, Effect... others) {
        List<Effect> all = new ArrayList<>(List.of(others));
        all.addAll(some);
        return all;
    }

    /** What was seen of this at a machine. */
    static Predicate<Sight> at(Part part, String machine) {
        return sight -> sight.part() == part && sight.isAt(machine);
    }

    /** What was seen of this with a store's account. */
    static Predicate<Sight> with(Part part, String store) {
        return sight -> sight.part() == part && store.equals(sight.store());
    }
}
