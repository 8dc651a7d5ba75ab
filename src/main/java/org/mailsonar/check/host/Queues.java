package org.mailsonar.check.host;

import java.util.List;

/** The mail queues; of several, also all together. */
final class Queues implements HostPart {

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public void look(Round round) throws InterruptedException {
        HostSettings settings = round.settings();
        List<HostSettings.Queue> queues = settings.queues();
        QueueTally all = new QueueTally();
        boolean whole = true;
        for (HostSettings.Queue queue : queues) {
            try {
                QueueTally tally = QueueReader.of(queue, settings.programs(), settings.limit())
                        .count(round.now());
                measure(round, queue.prefix(), tally);
                if (!tally.countedOnly().isEmpty()) {
                    round.trouble(
                            queue.prefix() + ": " + tally.countedOnly()
                                    + "; its messages were only counted, so how many are held and how old they are is not known");
                }
                all.add(tally);
            } catch (CannotLookException cannot) {
                whole = false;
                round.trouble(queue.prefix() + ": " + cannot.line());
            }
        }
        if (queues.size() > 1 && whole) {
            measure(round, "queue", all);
        }
    }

    private static void measure(Round round, String prefix, QueueTally tally) {
        round.measure(prefix + "_active", tally.count(QueueTally.Standing.ACTIVE), "");
        if (!tally.countedOnly().isEmpty()) {
            return;
        }
        round.measure(prefix + "_held", tally.count(QueueTally.Standing.HELD), "");
        round.measure(prefix + "_deferred", tally.count(QueueTally.Standing.DEFERRED), "");
        round.measure(prefix + "_incoming", tally.count(QueueTally.Standing.INCOMING), "");
        round.measure(prefix + "_oldest", tally.oldestSeconds(), "s");
    }
}
