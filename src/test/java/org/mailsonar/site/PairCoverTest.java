package org.mailsonar.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Few paths, and every pair of machines. */
class PairCoverTest {

    @Test
    void every_pair_is_there_with_the_fewest_paths_that_can_do_it() {
        for (int stores = 1; stores <= 7; stores++) {
            for (int mtas = 1; mtas <= 7; mtas++) {
                for (int proxies = 1; proxies <= 7; proxies++) {
                    List<Path> all = product(stores, mtas, proxies);
                    List<Path> chosen = PairCover.of(all);
                    int least = Math.max(stores * mtas, Math.max(stores * proxies, mtas * proxies));
                    assertThat(pairs(chosen))
                            .as(stores + " " + mtas + " " + proxies)
                            .isEqualTo(pairs(all));
                    assertThat(chosen).hasSize(least).doesNotHaveDuplicates().isSubsetOf(all);
                }
            }
        }
    }

    @Test
    void where_not_everybody_reaches_everybody_every_pair_that_can_be_is_there_with_few_paths_more() {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            List<Path> some =
                    new ArrayList<>(product(1 + random.nextInt(6), 1 + random.nextInt(5), 1 + random.nextInt(4)));
            double kept = 0.3 + random.nextDouble() * 0.7;
            some.removeIf(path -> random.nextDouble() > kept);
            if (some.isEmpty()) {
                continue;
            }
            List<Path> chosen = PairCover.of(some);
            assertThat(pairs(chosen)).isEqualTo(pairs(some));
            assertThat(chosen).isSubsetOf(some).hasSizeLessThanOrEqualTo(most(some) * 3 / 2 + 3);
            assertThat(PairCover.of(some)).isEqualTo(chosen);
        }
    }

    @Test
    void neighbours_in_the_order_share_little() {
        List<Path> chosen = PairCover.of(product(4, 3, 2));
        for (int i = 1; i < chosen.size(); i++) {
            assertThat(chosen.get(i).store()).isNotEqualTo(chosen.get(i - 1).store());
        }
    }

    /** Fewer paths than the pairs of two kinds of machine are impossible. */
    private static int most(List<Path> paths) {
        long storeMta =
                paths.stream().map(path -> path.store() + path.mta()).distinct().count();
        long storeProxy = paths.stream()
                .map(path -> path.store() + path.proxy())
                .distinct()
                .count();
        long mtaProxy =
                paths.stream().map(path -> path.mta() + path.proxy()).distinct().count();
        return (int) Math.max(storeMta, Math.max(storeProxy, mtaProxy));
    }

    private static List<Path> product(int stores, int mtas, int proxies) {
        return IntStream.range(0, stores * mtas * proxies)
                .mapToObj(i -> new Path("s" + i / mtas / proxies, "m" + i / proxies % mtas, "p" + i % proxies))
                .toList();
    }

    private static Set<String> pairs(List<Path> paths) {
        Set<String> pairs = new HashSet<>();
        for (Path path : paths) {
            pairs.add(path.store() + "+" + path.mta());
            pairs.add(path.store() + "+" + path.proxy());
            pairs.add(path.mta() + "+" + path.proxy());
        }
        return pairs;
    }
}
