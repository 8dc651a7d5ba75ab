package org.mailsonar.verdict.fault.heldout;

import static org.mailsonar.verdict.fault.heldout.Breakage.Kind.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mailsonar.site.Mta;
import org.mailsonar.site.Proxy;
import org.mailsonar.site.Site;
import org.mailsonar.site.Store;
import org.mailsonar.verdict.fault.FaultFinder;
import org.mailsonar.verdict.fault.Finding;
import org.mailsonar.verdict.fault.Suspect;
import org.mailsonar.verdict.fault.Suspect.Certainty;
import org.mailsonar.verdict.fault.heldout.PlayedRounds.Noise;
import org.mailsonar.verdict.fault.heldout.PlayedRounds.Observed;

/** Breaks each thing of a site that can break, lets a monitor see it in several ways, and asks the fault finder. */
final class HeldOutTable {

    /**
     * One answer.
     *
     * @param name what was played, with its seed
     * @param isFirst whether the first suspect is the right one
     * @param isWronglyCertain whether another one is named with certainty
     */
    record Row(
            String name,
            Breakage broken,
            boolean isRotated,
            Noise noise,
            Observed observed,
            Finding finding,
            boolean isFirst,
            boolean isWronglyCertain) {}

    private HeldOutTable() {}

    /** All that can break. */
    static List<Breakage> breakages(Site site) {
        List<Breakage> all = new ArrayList<>();
        List<String> stores = site.stores().stream().map(Store::name).toList();
        for (Mta mta : site.mtas()) {
            add(all, mta.name(), DOWN, DOWN_BEHIND_A_BALANCER, UNREACHABLE, HUNG, SLOW, SLOW_QUEUE, FULL_QUEUE);
            add(all, mta.name(), MTA_DISK_FULL, CERTIFICATE);
            if (mta.relay().login() != null) {
                add(all, mta.name(), REFUSES_LOGINS);
            }
            pair(all, mta.name(), stores, REJECTS_RECIPIENT, DEFERS_RECIPIENT);
            pair(all, mta.name(), mta.directories(), LINK_REFUSES, LINK_DROPS);
            pair(all, mta.name(), mta.relaysTo().isEmpty() ? stores : mta.relaysTo(), LINK_REFUSES, LINK_DROPS);
        }
        for (Proxy proxy : site.proxies()) {
            add(all, proxy.name(), DOWN, DOWN_BEHIND_A_BALANCER, UNREACHABLE, HUNG, SLOW, REFUSES_LOGINS, CERTIFICATE);
            pair(all, proxy.name(), stores, REFUSES_ACCOUNT, LINK_REFUSES, LINK_DROPS);
            pair(all, proxy.name(), proxy.directories(), LINK_REFUSES, LINK_DROPS);
        }
        for (Store store : site.stores()) {
            add(all, store.name(), DOWN, UNREACHABLE, HUNG, SLOW, REFUSES_LOGINS, STORE_DISK_FULL, STORE_FULL_AT_DATA);
            if (site.proxies().isEmpty()) {
                add(all, store.name(), CERTIFICATE, DOWN_BEHIND_A_BALANCER);
            }
            pair(all, store.name(), store.directories(), LINK_REFUSES, LINK_DROPS);
        }
        site.directories().forEach(directory -> {
            add(all, directory.name(), DOWN, UNREACHABLE, HUNG, SLOW, WRONG_ANSWERS);
            pair(all, directory.name(), stores, WRONG_FOR_ACCOUNT);
        });
        all.add(Breakage.of(MONITOR_OFFLINE, ""));
        return all;
    }

    private static void add(List<Breakage> all, String machine, Breakage.Kind... kinds) {
        for (Breakage.Kind kind : kinds) {
            all.add(Breakage.of(kind, machine));
        }
    }

    private static void pair(List<Breakage> all, String machine, List<String> others, Breakage.Kind... kinds) {
        for (Breakage.Kind kind : kinds) {
            others.forEach(other -> all.add(new Breakage(kind, machine, other)));
        }
    }

    /** All breakages of a site, seen in one way; those that no run shows are left out. */
    static List<Row> rows(Site site, Noise noise, int before, long seed) {
        List<Row> rows = new ArrayList<>();
        boolean isRotated = site.timings().cover() != null;
        for (Breakage broken : breakages(site)) {
            Random random = new Random(seed * 1_000_003 + (site.name() + broken).hashCode());
            Observed observed = new PlayedRounds(site, broken, noise, random).observe(before);
            if (observed != null) {
                String name = site.name() + (isRotated ? ", rotated" : ", all") + ", noise " + noise + ", seed " + seed
                        + ": " + broken;
                rows.add(row(name, site, broken, isRotated, noise, observed));
            }
        }
        return rows;
    }

    private static Row row(String name, Site site, Breakage broken, boolean isRotated, Noise noise, Observed observed) {
        Finding finding = FaultFinder.find(site, observed.runs(), observed.checks());
        List<Suspect> suspects = finding.suspects();
        boolean isFirst = !suspects.isEmpty() && broken.isNamedBy(suspects.getFirst());
        boolean isWronglyCertain = suspects.stream()
                .anyMatch(suspect -> suspect.certainty() == Certainty.CERTAIN && !broken.isNamedBy(suspect));
        return new Row(name, broken, isRotated, noise, observed, finding, isFirst, isWronglyCertain);
    }
}
