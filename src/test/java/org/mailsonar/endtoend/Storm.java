package org.mailsonar.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpClient;

/**
 * Probes go through a real Postfix to each door of a site while its reflectors are killed with -9 at random instants and the server
 * that takes their returns fails in every way. When it is over, each probe that Postfix took has to be accounted for.
 */
final class Storm {

    private static final int LONGEST_PAUSE_MILLIS = 500;

    /** How many turns of 20 s the last mail may take after the storm is over. */
    private static final int PATIENCE = 15;

    /**
     * How large a storm is.
     *
     * @param seed of the random instants; the same seed makes the same decisions, though not at the same point of the work
     * @param listener probes for the listener
     * @param spool probes for the spool
     * @param pipe probes for the program
     * @param kills how often the resident reflector is killed; pipe programs are killed beside it
     */
    record Size(long seed, int listener, int spool, int pipe, int kills) {}

    private final Size size;
    private final StormSite site;
    private final Weather weather;
    private final Random random;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final CountDownLatch submitted = new CountDownLatch(1);
    private final List<Throwable> trouble = Collections.synchronizedList(new ArrayList<>());
    private int kills;
    private int pipeKills;

    private Storm(Size size, StormSite site, Weather weather) {
        this.size = size;
        this.site = site;
        this.weather = weather;
        this.random = new Random(size.seed() + 1);
    }

    /** A storm from its beginning to its end, and what became of the probes. */
    static StormReport run(Size size) throws IOException, InterruptedException {
        try (Weather weather = new Weather(size.seed());
                StormSite site = new StormSite(weather.port())) {
            return new Storm(size, site, weather).run();
        }
    }

    private StormReport run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Thread sender = Thread.ofPlatform().name("sender").start(this::submitAll);
        while (kills < size.kills() || submitted.getCount() > 0) {
            pause();
            killPrograms();
            site.restartReflector();
            kills++;
        }
        sender.join();
        weather.clear();
        awaitQuiet();
        if (!trouble.isEmpty()) {
            throw new IllegalStateException("not all probes could be sent", trouble.getFirst());
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        return StormReport.of(accepted, weather.taken(), site.bounces(), site.failed(), kills, pipeKills, seconds);
    }

    private void submitAll() {
        try (SmtpClient client = SmtpClient.connect(site.lab().port())) {
            List<String> users = new ArrayList<>();
            users.addAll(Collections.nCopies(size.listener(), StormSite.LISTENER));
            users.addAll(Collections.nCopies(size.spool(), StormSite.SPOOL));
            users.addAll(Collections.nCopies(size.pipe(), StormSite.PIPE));
            Collections.shuffle(users, new Random(size.seed() + 2));
            for (String user : users) {
                submit(client, user + "@company.test");
            }
            client.command("QUIT");
        } catch (IOException | RuntimeException e) {
            trouble.add(e);
        } finally {
            submitted.countDown();
        }
    }

    private void submit(SmtpClient client, String target) throws IOException {
        SignedProbe probe = SignedProbe.to(target);
        String reply = client.message(probe.sender(), target, probe.text());
        if (!reply.startsWith("250")) {
            throw new IOException("Postfix did not take a probe: " + reply);
        }
        accepted.add(probe.id().text());
    }

    private void killPrograms() {
        for (ProcessHandle program : site.pipePrograms()) {
            if (random.nextInt(4) == 0 && program.destroyForcibly()) {
                pipeKills++;
            }
        }
    }

    private void pause() throws InterruptedException {
        // Nothing counts this latch down while the storm lasts: it is a pause that an interrupt ends.
        var _ = new CountDownLatch(1).await(random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
    }

    /** The last mail may wait for its next attempt for some time: Postfix pauses longer with each one. */
    private void awaitQuiet() {
        for (int turn = 1; true; turn++) {
            site.lab().flush();
            try {
                Poll.until("all mail to be dealt with", () -> {
                    try {
                        return site.isQuiet();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                return;
            } catch (IllegalStateException stillWaiting) {
                if (turn == PATIENCE) {
                    throw new IllegalStateException(stillWaiting.getMessage() + "\n" + site.lastWords(), stillWaiting);
                }
            }
        }
    }
}
