package org.mailsonar.verdict.fault;

import static org.mailsonar.check.Trouble.Kind.CLOSED;
import static org.mailsonar.check.Trouble.Kind.DEFERRED;
import static org.mailsonar.check.Trouble.Kind.REFUSED;
import static org.mailsonar.check.Trouble.Kind.REJECTED;
import static org.mailsonar.check.Trouble.Kind.TIME_OUT;
import static org.mailsonar.check.Trouble.Kind.UNEXPECTED;

import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/**
 * How well what was seen fits what a fault does, 0 to 1: of a hundred machines with this fault, so many would look so. The figures are
 * estimates; what counts is which is the larger one.
 */
enum Match {
    /** Nobody listens, nobody answers, or the first words do not come. */
    DOWN {
        @Override
        double failure(Stage stage, Kind kind) {
            return switch (stage) {
                case SET_UP, RESULT -> NEVER;
                case LOOK_UP, CONNECT, GREETING, TLS -> 0.3;
                case LOGIN, COMMAND -> kind == TIME_OUT || kind == CLOSED ? 0.1 : NEVER;
            };
        }
    },
    /** It answers, and says no to everybody. */
    REFUSING {
        @Override
        double failure(Stage stage, Kind kind) {
            boolean isLate = stage == Stage.LOGIN || stage == Stage.COMMAND;
            return !isLate ? NEVER : kind == REJECTED ? 0.5 : kind == DEFERRED ? 0.15 : RARELY;
        }
    },
    /** It answers, and what it asks behind it does not. */
    CUT_OFF {
        @Override
        double of(Sight sight) {
            return sight.saysFull() || sight.saysUnwilling() ? NEVER : super.of(sight);
        }

        @Override
        double failure(Stage stage, Kind kind) {
            boolean isLate = stage == Stage.LOGIN || stage == Stage.COMMAND;
            return !isLate ? NEVER : kind == DEFERRED ? 0.35 : kind == TIME_OUT || kind == CLOSED ? 0.25 : 0.08;
        }
    },
    /** It answers, and can ask nobody behind it, for whatever reason of its own. */
    STRANDED {
        @Override
        double of(Sight sight) {
            return sight.saysUntold() ? 0.1 : CUT_OFF.of(sight);
        }

        @Override
        double failure(Stage stage, Kind kind) {
            return CUT_OFF.failure(stage, kind);
        }
    },
    /** It answers, and does not learn who is there. Machines have many another reason to say "not now", or nothing. */
    UNTOLD {
        @Override
        double of(Sight sight) {
            return sight.saysUntold() || sight.saysUnwilling() ? CUT_OFF.of(sight) : super.of(sight);
        }

        @Override
        double failure(Stage stage, Kind kind) {
            return Math.min(CUT_OFF.failure(stage, kind), kind == DEFERRED ? 0.15 : 0.1);
        }
    },
    /** It answers, and says that it has no room. */
    FULL {
        @Override
        double of(Sight sight) {
            return sight.saysFull() ? 0.5 : NEVER;
        }

        @Override
        double failure(Stage stage, Kind kind) {
            return NEVER;
        }
    },
    /** A mail is refused because there is no room for it, in those words or in others. */
    NO_ROOM {
        @Override
        double of(Sight sight) {
            return sight.saysFull() ? 0.5 : super.of(sight);
        }

        @Override
        double failure(Stage stage, Kind kind) {
            return stage != Stage.COMMAND ? NEVER : kind == DEFERRED ? 0.2 : kind == REJECTED ? 0.05 : NEVER;
        }
    },
    /** It is asked for what it must have, and does not find it. */
    WRONG {
        @Override
        double failure(Stage stage, Kind kind) {
            return stage == Stage.RESULT && kind == UNEXPECTED ? 0.9 : NEVER;
        }
    },
    /** The mail does not come. */
    LOST {
        @Override
        double failure(Stage stage, Kind kind) {
            return 0.9;
        }
    },
    /** It works, and takes long; sometimes too long. */
    SLOW {
        @Override
        double of(Sight sight) {
            return sight.state() == Sight.State.SLOW ? 0.7 : super.of(sight);
        }

        @Override
        double failure(Stage stage, Kind kind) {
            return kind == TIME_OUT && stage != Stage.CONNECT ? 0.08 : NEVER;
        }
    },
    /** Nothing can be reached from here. */
    BLIND {
        @Override
        double failure(Stage stage, Kind kind) {
            boolean isEarly = stage == Stage.LOOK_UP || stage == Stage.CONNECT;
            return !isEarly ? NEVER : kind == REFUSED ? 0.01 : 0.45;
        }
    };

    static final double NEVER = 0.0005;
    static final double RARELY = 0.03;

    /** How well a sight that is not good fits. */
    double of(Sight sight) {
        Trouble trouble = sight.trouble();
        return trouble == null ? NEVER : failure(trouble.stage(), trouble.kind());
    }

    abstract double failure(Stage stage, Kind kind);
}
