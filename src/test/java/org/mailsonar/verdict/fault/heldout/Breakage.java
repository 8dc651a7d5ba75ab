package org.mailsonar.verdict.fault.heldout;

import java.util.List;
import org.mailsonar.verdict.fault.Suspect;

/**
 * What is broken.
 *
 * @param kind how
 * @param machine where; empty for the monitor's own network
 * @param other the far end of a broken way, or the store whose account is concerned; empty for none
 */
record Breakage(Kind kind, String machine, String other) {

    /** How a machine or a way is broken, as servers show it. */
    enum Kind {
        /** Nobody listens any more. */
        DOWN,
        /** Down, and a balancer before it takes connections and closes them. */
        DOWN_BEHIND_A_BALANCER,
        /** No packet comes back. */
        UNREACHABLE,
        /** Stopped as by SIGSTOP: its system still takes connections. */
        HUNG,
        /** Some seconds for each answer. */
        SLOW,
        /** Answers at once and hands mail on late. */
        SLOW_QUEUE,
        /** Says that each password is wrong. */
        REFUSES_LOGINS,
        /** Says that one account's password is wrong. */
        REFUSES_ACCOUNT,
        /** 550 to one recipient. */
        REJECTS_RECIPIENT,
        /** 450 to one recipient. */
        DEFERS_RECIPIENT,
        /** Takes mail, and nothing leaves it. */
        FULL_QUEUE,
        /** 452 to MAIL FROM. */
        MTA_DISK_FULL,
        /** 452 to what the MTAs deliver, which they keep. */
        STORE_DISK_FULL,
        /** 452 to what is delivered, which the MTAs pass on after DATA. */
        STORE_FULL_AT_DATA,
        /** The directory finds nobody. */
        WRONG_ANSWERS,
        /** The directory does not find one account. */
        WRONG_FOR_ACCOUNT,
        /** The certificate has ended. */
        CERTIFICATE,
        /** A way between two machines: refused at once. */
        LINK_REFUSES,
        /** A way between two machines: packets get lost. */
        LINK_DROPS,
        /** The monitor's own network. */
        MONITOR_OFFLINE;

        boolean isLink() {
            return this == LINK_REFUSES || this == LINK_DROPS;
        }
    }

    static Breakage of(Kind kind, String machine) {
        return new Breakage(kind, machine, "");
    }

    /** Whether a suspect is the broken machine; of a way, one of its ends or the way itself. */
    boolean isNamedBy(Suspect suspect) {
        List<String> named = suspect.machines();
        if (kind == Kind.MONITOR_OFFLINE) {
            return named.isEmpty();
        }
        boolean isOfBoth = !named.isEmpty() && List.of(machine, other).containsAll(named);
        if (kind.isLink()) {
            return isOfBoth;
        }
        boolean isOfAccount =
                kind == Kind.REFUSES_ACCOUNT || kind == Kind.REJECTS_RECIPIENT || kind == Kind.DEFERS_RECIPIENT;
        return isOfAccount ? named.contains(machine) && isOfBoth : named.equals(List.of(machine));
    }

    boolean is(String name, Kind... kinds) {
        return machine.equals(name) && List.of(kinds).contains(kind);
    }

    boolean cuts(String one, String another) {
        return kind.isLink()
                && ((machine.equals(one) && other.equals(another)) || (machine.equals(another) && other.equals(one)));
    }

    @Override
    public String toString() {
        return kind + " " + machine + (other.isEmpty() ? "" : "/" + other);
    }
}
