package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.verdict.Verdict.State.DOWN;
import static org.mailsonar.verdict.Verdict.State.FAILING;
import static org.mailsonar.verdict.Verdict.State.HEALTHY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailsonar.testing.TestClock;
import org.mailsonar.verdict.Verdict;

class StandingTest {

    /** A way that forgets. */
    private static final class Forgetful implements StandingNotifier {

        private final List<List<String>> refreshes = new ArrayList<>();

        @Override
        public Duration every() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Delivery refresh(List<Notice> notices) {
            refreshes.add(notices.stream()
                    .map(notice ->
                            notice.target() + " " + notice.verdict().state().text())
                    .toList());
            return refreshes.size() == 3 ? new Delivery.Failed("no connection") : new Delivery.Delivered();
        }

        @Override
        public Delivery deliver(Notice notice) {
            return new Delivery.Delivered();
        }
    }

    private final TestClock clock = new TestClock(Changes.NIGHT);
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Forgetful am = new Forgetful();
    private final Map<String, Chain> chains = Chain.of(List.of(Rule.of("all", List.of("pager", "am"))));
    private final Standing standing =
            new Standing(chains, Map.of("am", am, "pager", notice -> new Delivery.Delivered()), outbox, clock);

    @Test
    void what_was_told_by_the_way_and_stands_is_told_again_at_its_interval() {
        told("one", DOWN, 1);
        told("two", DOWN, 0); // by the other way
        outbox.change("three", FAILING, clock.now().wall()); // not told yet
        told("four", DOWN, 1);
        outbox.change("four", HEALTHY, clock.now().wall());

        assertThat(refresh()).isEmpty();
        clock.pass(Duration.ofMinutes(9));
        refresh();
        assertThat(am.refreshes).containsExactly(List.of("one down"));

        clock.pass(Duration.ofMinutes(1));
        refresh();
        assertThat(am.refreshes).hasSize(2);
    }

    @Test
    void an_outage_of_which_nothing_certain_is_known_for_a_while_stands_as_it_was_told() {
        told("one", DOWN, 1);
        outbox.change("one", Verdict.State.INCONCLUSIVE, clock.now().wall());

        refresh();
        assertThat(am.refreshes).containsExactly(List.of("one down"));
    }

    @Test
    void a_refresh_that_fails_is_said() {
        for (int i = 0; i < 3; i++) {
            assertThat(refresh())
                    .isEqualTo(i < 2 ? List.of() : List.of("what stands could not be told again by am: no connection"));
            clock.pass(Duration.ofMinutes(10));
        }
    }

    private List<String> refresh() {
        return standing.refresh(outbox.problems(), Runnable::run);
    }

    private void told(String target, Verdict.State state, int way) {
        var change = outbox.change(target, state, clock.now().wall());
        Dispatch put =
                Editor.dispatch(change, chains.values().iterator().next(), Dispatch.Kind.CHANGE, "", change.at());
        outbox.announce(change, List.of(put));
        outbox.again(put, way, change.at(), "");
        outbox.told(put, change.at());
    }
}
