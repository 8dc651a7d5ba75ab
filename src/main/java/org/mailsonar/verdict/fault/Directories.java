package org.mailsonar.verdict.fault;

import static org.mailsonar.verdict.fault.Catalogue.ACCOUNT;
import static org.mailsonar.verdict.fault.Catalogue.MACHINE;
import static org.mailsonar.verdict.fault.Catalogue.MAYBE;
import static org.mailsonar.verdict.fault.Catalogue.MOSTLY;
import static org.mailsonar.verdict.fault.Catalogue.SURELY;
import static org.mailsonar.verdict.fault.Catalogue.at;
import static org.mailsonar.verdict.fault.Sight.Part.CONNECT;
import static org.mailsonar.verdict.fault.Sight.Part.DIRECTORY;
import static org.mailsonar.verdict.fault.Sight.Part.RETRIEVE;
import static org.mailsonar.verdict.fault.Sight.Part.STORE;
import static org.mailsonar.verdict.fault.Sight.Part.SUBMIT;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailsonar.site.Directory;
import org.mailsonar.site.Site;
import org.mailsonar.verdict.fault.Fault.Effect;
import org.mailsonar.verdict.fault.Fault.Kind;

/** What may be wrong with the directory servers of a site: they do not answer, answer late, or do not find who is there. */
final class Directories {

    private final Site site;
    private final double share;
    private final List<Fault> faults = new ArrayList<>();

    Directories(Site site) {
        this.site = site;
        this.share = 0.95 / mostAsked(site);
    }

    List<Fault> all() {
        site.directories().forEach(this::add);
        return List.copyOf(faults);
    }

    /** Who asks several asks any of them. */
    private static int mostAsked(Site site) {
        return Stream.of(
                        site.mtas().stream().map(mta -> mta.directories().size()),
                        site.proxies().stream().map(proxy -> proxy.directories().size()),
                        site.stores().stream().map(store -> store.directories().size()))
                .flatMap(sizes -> sizes)
                .reduce(1, Math::max);
    }

    private void add(Directory directory) {
        String name = directory.name();
        Predicate<Sight> bySmtp = sight -> sight.part() == SUBMIT && sight.store() != null && asks(sight, name);
        Predicate<Sight> byLogin = sight -> (sight.part() == RETRIEVE || sight.part() == STORE) && asks(sight, name);
        // Some sites' MTAs ask it for each recipient, and those of others never do.
        add(name, byLogin, sight -> false, 0);
        add(name, byLogin, bySmtp, share);
        site.stores()
                .forEach(store -> add(
                        Kind.ACCOUNT,
                        name,
                        ACCOUNT / 4,
                        new Effect(byLogin.and(of(store.name())), share, Match.REFUSING),
                        new Effect(bySmtp.and(of(store.name())), share, Match.REFUSING)));
    }

    private void add(String name, Predicate<Sight> byLogin, Predicate<Sight> bySmtp, double atRecipient) {
        add(
                Kind.DOWN,
                name,
                MACHINE / 2,
                new Effect(at(DIRECTORY, name), SURELY, Match.LOST),
                new Effect(at(CONNECT, name), 0.6, Match.DOWN),
                new Effect(byLogin, share, Match.CUT_OFF),
                new Effect(bySmtp, atRecipient, Match.CUT_OFF));
        add(
                Kind.SLOW,
                name,
                MACHINE / 2,
                new Effect(at(DIRECTORY, name), 0.95, Match.SLOW),
                new Effect(byLogin, (atRecipient > 0 ? MAYBE : MOSTLY) * share, Match.SLOW),
                new Effect(bySmtp, MOSTLY * atRecipient, Match.SLOW));
        add(
                Kind.WRONG,
                name,
                MACHINE / 4,
                new Effect(at(DIRECTORY, name), 0.7, Match.WRONG),
                new Effect(byLogin, share, Match.REFUSING),
                new Effect(bySmtp, atRecipient, Match.REFUSING));
    }

    private void add(Kind kind, String name, double prior, Effect... effects) {
        faults.add(new Fault(kind, List.of(name), "ldap", prior, List.of(effects)));
    }

    private static Predicate<Sight> of(String store) {
        return sight -> store.equals(sight.store());
    }

    /** Whether a machine asks it, or the store behind the proxy does. */
    private boolean asks(Sight sight, String directory) {
        return site.mtas().stream()
                        .anyMatch(mta ->
                                sight.isAt(mta.name()) && mta.directories().contains(directory))
                || site.proxies().stream()
                        .anyMatch(proxy ->
                                sight.isAt(proxy.name()) && proxy.directories().contains(directory))
                || site.stores().stream()
                        .anyMatch(store -> (sight.isAt(store.name())
                                        || (sight.part() == RETRIEVE
                                                && of(store.name()).test(sight)))
                                && store.directories().contains(directory));
    }
}
