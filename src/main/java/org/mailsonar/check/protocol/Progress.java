package org.mailsonar.check.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.Step;
import org.mailsonar.check.Measure;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** What one run of a check has seen so far. Not thread-safe. */
final class Progress {

    private final TimeSource time;
    private final Moment begun;
    private final Duration earlier;
    private final SaidAndHeard transcript;
    private final List<Step> steps = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private String doing = "look-up";
    private Stage stage = Stage.LOOK_UP;
    private String awaited = "";
    private boolean implicitTls;
    private Moment since;
    private String greeting = "";
    private @Nullable TlsFacts tls;
    private @Nullable CheckTrouble minor;
    private @Nullable Duration before;

    Progress(TimeSource time, Blanks blanks) {
        this(time, blanks, Duration.ZERO);
    }

    /**
     * The same for one that goes on elsewhere.
     *
     * @param earlier how long it took so far
     */
    Progress(TimeSource time, Blanks blanks, Duration earlier) {
        this.time = time;
        this.earlier = earlier;
        this.begun = time.now();
        this.since = begun;
        this.transcript = new SaidAndHeard(blanks);
    }

    /**
     * The step that is being done ends, and this one begins.
     *
     * @param newAwaited what the other side has to send for it
     */
    void next(String step, Stage newStage, String newAwaited) {
        end();
        doing = step;
        stage = newStage;
        awaited = newAwaited;
    }

    /** The step that is being done ends; also when it failed. */
    void end() {
        Moment now = time.now();
        if (!doing.isEmpty()) {
            steps.add(new Step(doing, now.since(since)));
            doing = "";
        }
        since = now;
    }

    Stage stage() {
        return stage;
    }

    String awaited() {
        return awaited;
    }

    boolean isImplicitTls() {
        return implicitTls;
    }

    void beginsEncrypted() {
        implicitTls = true;
    }

    /** All that the user waits for is done; what follows is the goodbye. */
    void worked() {
        before = elapsed();
    }

    void greeted(String text) {
        greeting = text;
    }

    void encrypted(@Nullable TlsFacts facts) {
        tls = facts;
    }

    void measured(Measure measure) {
        measures.add(measure);
    }

    /** Something is not right and does not keep one from going on; the first one counts. */
    void note(CheckTrouble trouble) {
        if (minor == null) {
            minor = trouble;
        }
    }

    SaidAndHeard transcript() {
        return transcript;
    }

    Duration elapsed() {
        return earlier.plus(time.now().since(begun));
    }

    Moment begun() {
        return begun;
    }

    /** How long it took until all was done that was asked for, the goodbye not counted. */
    Duration untilWorked() {
        return before == null ? elapsed() : before;
    }

    String greeting() {
        return greeting;
    }

    @Nullable
    TlsFacts tls() {
        return tls;
    }

    @Nullable
    CheckTrouble minor() {
        return minor;
    }

    List<Step> steps() {
        return steps;
    }

    List<Measure> measures() {
        return measures;
    }
}
