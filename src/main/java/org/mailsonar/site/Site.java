package org.mailsonar.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.message.EmailAddress;

/**
 * The machines of a site and how they depend on each other. Names are unique over all of them, and each name that a machine mentions is
 * there; {@code SiteReader} sees to that. Immutable.
 *
 * @param name what it is called
 * @param from who sends the probes
 * @param mtas at least one
 * @param proxies none where each store is asked itself
 * @param stores at least one
 * @param directories maybe none
 * @param timings when what is done, and how long it may take
 */
public record Site(
        String name,
        EmailAddress from,
        List<Mta> mtas,
        List<Proxy> proxies,
        List<Store> stores,
        List<Directory> directories,
        SiteTimings timings) {

    public Site {
        mtas = List.copyOf(mtas);
        proxies = List.copyOf(proxies);
        stores = List.copyOf(stores);
        directories = List.copyOf(directories);
    }

    /** All ways of mail: each store by each MTA and each proxy that lead to it; by store, then MTA, then proxy, as in the file. */
    public List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (Store store : stores) {
            for (Mta mta : mtas) {
                if (mta.stores().contains(store.name())) {
                    retrieval(store).forEach(proxy -> paths.add(new Path(store.name(), mta.name(), proxy)));
                }
            }
        }
        return List.copyOf(paths);
    }

    /**
     * How long a round of all paths may take at most, with those that are run beside a failed one: those of one account come one after the other, each
     * waits for its mail, and there is room for a few at once.
     */
    public Duration longestRound() {
        return longestRun().multipliedBy(turns() + Contrast.MOST);
    }

    /**
     * How long it may take at most when no mail is begun any more once one has not been good for as long as a time-out: all others in good time, then
     * the one that was not, the time-out, the one begun last, and what is looked at then.
     */
    public Duration longestBriefRound() {
        return timings.slowAfter().multipliedBy(turns()).plus(longestRun().multipliedBy(4));
    }

    /** How long one mail may take at most. */
    public Duration longestRun() {
        return timings.timeout().plus(timings.answer());
    }

    /** How many mails come one after the other when all paths are run. */
    private int turns() {
        Map<String, Integer> ofAccount = new HashMap<>();
        List<Path> paths = paths();
        paths.forEach(path -> ofAccount.merge(store(path.store()).account().toString(), 1, Integer::sum));
        int most = ofAccount.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return most + paths.size() / PathRunner.AT_ONCE;
    }

    private List<String> retrieval(Store store) {
        return proxies.isEmpty()
                ? List.of(store.name())
                : proxies.stream()
                        .filter(proxy -> proxy.stores().contains(store.name()))
                        .map(Proxy::name)
                        .toList();
    }

    /** The MTA of a name. */
    public Mta mta(String wanted) {
        return mtas.stream()
                .filter(mta -> mta.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown("MTA", wanted));
    }

    /** The store of a name. */
    public Store store(String wanted) {
        return stores.stream()
                .filter(store -> store.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown("store", wanted));
    }

    /** Where a store's mail is fetched: the proxy of this name, or the store itself where it has the name. */
    public Access access(String proxyOrStore) {
        for (Proxy proxy : proxies) {
            if (proxy.name().equals(proxyOrStore)) {
                return proxy.access();
            }
        }
        Access direct = store(proxyOrStore).direct();
        if (direct == null) {
            throw unknown("way to fetch mail", proxyOrStore);
        }
        return direct;
    }

    private static IllegalArgumentException unknown(String what, String name) {
        return new IllegalArgumentException("the site has no " + what + " '" + name + "'");
    }
}
