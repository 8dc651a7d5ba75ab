package org.mailsonar.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.TestClock;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/** An announcer with ways that remember what they were told, and a clock that a test moves. */
final class TellingDesk implements AutoCloseable {

    final TestClock clock = new TestClock(Changes.NIGHT);
    final MemoryOutbox outbox = new MemoryOutbox();
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final Map<String, Function<Notice, Delivery>> answers = new LinkedHashMap<>();
    private final List<Announcer> announcers = new ArrayList<>();
    private final NotifySettings settings;

    TellingDesk(Rule... rules) {
        settings = new NotifySettings(Map.of(), List.of(rules), null);
        announcers.add(announcer());
    }

    /** One more monitor with the same rules and outbox. */
    Announcer announcer() {
        Map<String, Notifier> ways = new LinkedHashMap<>();
        for (String way : List.of("pager", "hook", "boss")) {
            ways.put(way, notice -> {
                told.add(way + ": " + notice.kind() + " " + notice.target() + " "
                        + notice.verdict().state().text());
                return answers.getOrDefault(way, any -> new Delivery.Delivered())
                        .apply(notice);
            });
        }
        return new Announcer(settings, ways, outbox, clock, log::add, Timer.system("test"));
    }

    /** A way does not work from now on. */
    void breakWay(String way) {
        answers.put(way, any -> new Delivery.Failed("broken"));
    }

    void mendWay(String way) {
        answers.remove(way);
    }

    Change change(String target, Verdict.State state) {
        return outbox.change(target, state, clock.now().wall());
    }

    /** The process was killed and another one takes its place. */
    void restart() {
        announcers.add(announcer());
    }

    /** The announcer looks once, and all that it tells is told. */
    void look() {
        Announcer announcer = announcers.getLast();
        announcer.look();
        Poll.until("all to be told", announcer::isIdle);
    }

    /** Time passes, and the announcer looks each second of the first ten and then each ten seconds. */
    void pass(Duration time) {
        Duration left = time;
        for (int i = 0; left.isPositive(); i++) {
            Duration step = Duration.ofSeconds(i < 10 ? 1 : 10);
            Duration bounded = step.compareTo(left) < 0 ? step : left;
            clock.pass(bounded);
            look();
            left = left.minus(bounded);
        }
    }

    @Override
    public void close() {
        announcers.forEach(Announcer::close);
    }
}
