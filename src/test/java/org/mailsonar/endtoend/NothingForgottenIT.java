package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.verdict.Verdict;

/** kill -9 at random instants during 500 round trips through a real Postfix, 30 times: no probe is forgotten and nobody is woken. */
@NeedsPostfix
class NothingForgottenIT {

    private static final int KILLS = 30;
    private static final int PROBES = 500;
    private static final int TARGETS = 40;

    /** What is in flight when a monitor is killed may prove nothing, and then one such probe for each target is the most. */
    private static final int TURNS = 12;

    @TempDir
    private Path directory;

    @Test
    void each_probe_has_one_outcome_and_there_is_no_false_alarm() throws IOException, InterruptedException {
        try (WholeSite site = WholeSite.start(directory);
                Program reflector = site.reflectByListener()) {
            targets(site, "every: 2s");
            Random random = new Random(20261121);
            int kills = 0;
            while (kills < KILLS || probes().size() < PROBES) {
                try (Program monitor = site.startMonitor()) {
                    pause(random.nextInt(1500));
                    monitor.kill();
                    kills++;
                }
            }
            targets(site, "enabled: false");
            try (Program monitor = site.startMonitor()) {
                awaitAllEnded();
                monitor.terminate();
                assertThat(monitor.status()).as(monitor.toString()).isZero();
            }
            judge(kills);
        }
    }

    private void judge(int kills) {
        List<ProbeRecord> probes = probes();
        long returned = probes.stream().filter(NothingForgottenIT::isReturned).count();
        System.out.printf("%d kills, %d probes, %d returned%n", kills, probes.size(), returned);
        assertThat(probes).hasSizeGreaterThanOrEqualTo(PROBES);
        assertThat(probes)
                .as("one that was killed before it left proves nothing, and none is called lost")
                .allMatch(probe -> isReturned(probe) || probe.outcome() instanceof Outcome.Inconclusive);
        assertThat(probes).extracting(ProbeRecord::id).doesNotHaveDuplicates();
        assertThat(returned).isGreaterThan(PROBES * 9 / 10);
        try (Store store = open()) {
            for (int i = 0; i < TARGETS; i++) {
                assertThat(store.situations().changes("t" + i, Instant.EPOCH))
                        .as("changes of t" + i)
                        .noneMatch(change -> change.verdict().state() == Verdict.State.DOWN
                                || change.verdict().state() == Verdict.State.FAILING);
            }
        }
    }

    private static boolean isReturned(ProbeRecord probe) {
        return probe.outcome() instanceof Outcome.Returned || probe.outcome() instanceof Outcome.Late;
    }

    private void awaitAllEnded() {
        for (int turn = 1; turn < TURNS; turn++) {
            try {
                Poll.until("an outcome of each probe", this::haveAllEnded);
                return;
            } catch (IllegalStateException notYet) {
                // The monitors that were killed count as at work for a minute more.
            }
        }
        Poll.until("an outcome of each probe", this::haveAllEnded);
    }

    private boolean haveAllEnded() {
        return probes().stream().noneMatch(probe -> probe.outcome() instanceof Outcome.InFlight);
    }

    private List<ProbeRecord> probes() {
        List<ProbeRecord> probes = new ArrayList<>();
        try (Store store = open()) {
            for (int i = 0; i < TARGETS; i++) {
                store.ledger().each("t" + i, null, probes::add);
            }
        }
        return probes;
    }

    private Store open() {
        return Stores.openStore("jdbc:sqlite:" + directory.resolve("ledger.db"), null);
    }

    private void targets(WholeSite site, String options) throws IOException {
        site.monitor("timeout: 30s");
        String one = Files.readString(directory.resolve("monitor.yaml")).replaceAll("(?s)targets:.*", "");
        StringBuilder all = new StringBuilder(one).append("selfProbe: off\ntargets:\n");
        for (int i = 0; i < TARGETS; i++) {
            all.append("  - {address: webscout@company.test, name: t")
                    .append(i)
                    .append(", slowAfter: 30s, timeout: 30s, retryAfter: 5s, ")
                    .append(options)
                    .append("}\n");
        }
        Files.writeString(directory.resolve("monitor.yaml"), all);
    }

    private static void pause(int millis) throws InterruptedException {
        var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
