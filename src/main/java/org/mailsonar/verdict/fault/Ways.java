package org.mailsonar.verdict.fault;

import static org.mailsonar.verdict.fault.Catalogue.MAYBE;
import static org.mailsonar.verdict.fault.Catalogue.SURELY;
import static org.mailsonar.verdict.fault.Catalogue.at;
import static org.mailsonar.verdict.fault.Catalogue.with;
import static org.mailsonar.verdict.fault.Sight.Part.ARRIVAL;
import static org.mailsonar.verdict.fault.Sight.Part.QUEUE;
import static org.mailsonar.verdict.fault.Sight.Part.RETRIEVE;
import static org.mailsonar.verdict.fault.Sight.Part.SUBMIT;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.verdict.fault.Fault.Effect;
import org.mailsonar.verdict.fault.Fault.Kind;
import org.mailsonar.verdict.fault.Sight.Part;

/** What may be wrong between two machines of a site, each of which is well: a network, a list of who may connect, an account that one has not. */
final class Ways {

    private static final double RARE = 0.002;

    private final Site site;
    private final List<Fault> faults = new ArrayList<>();

    Ways(Site site) {
        this.site = site;
    }

    List<Fault> all() {
        site.mtas().forEach(this::addMta);
        site.proxies().forEach(this::addProxy);
        return List.copyOf(faults);
    }

    private void addMta(Mta mta) {
        String name = mta.name();
        for (String store : mta.stores()) {
            add(
                    Kind.WAY,
                    name,
                    store,
                    "delivery",
                    new Effect(both(ARRIVAL, name, store), SURELY, Match.LOST),
                    new Effect(at(QUEUE, name), MAYBE, Match.LOST));
            add(
                    Kind.RECIPIENT,
                    name,
                    store,
                    "recipient",
                    new Effect(both(SUBMIT, name, store), SURELY, Match.REFUSING));
        }
        for (String next : mta.relaysTo()) {
            double share = SURELY / mta.relaysTo().size();
            add(
                    Kind.WAY,
                    name,
                    next,
                    "relay",
                    new Effect(at(ARRIVAL, name), share, Match.LOST),
                    new Effect(at(QUEUE, name), MAYBE, Match.LOST));
        }
        mta.directories().forEach(directory -> addLookUp(name, directory, SUBMIT));
    }

    private void addProxy(Proxy proxy) {
        String name = proxy.name();
        for (String store : proxy.stores()) {
            add(Kind.WAY, name, store, "mailbox", new Effect(both(RETRIEVE, name, store), SURELY, Match.CUT_OFF));
            add(Kind.LOGIN, name, store, "login", new Effect(both(RETRIEVE, name, store), SURELY, Match.REFUSING));
        }
        proxy.directories().forEach(directory -> addLookUp(name, directory, RETRIEVE));
    }

    private void addLookUp(String machine, String directory, Part part) {
        add(Kind.WAY, machine, directory, "ldap", new Effect(at(part, machine), 0.95, Match.UNTOLD));
    }

    private void add(Kind kind, String from, String to, String protocol, Effect... effects) {
        faults.add(new Fault(kind, List.of(from, to), protocol, RARE, List.of(effects)));
    }

    private static Predicate<Sight> both(Part part, String machine, String store) {
        return at(part, machine).and(with(part, store));
    }
}
