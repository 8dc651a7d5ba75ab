package org.mailsonar.verdict.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Directory;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;

/** Says why somebody is suspected: what it does, which paths fail beside which others work, and what a check of it found. */
final class Reasons {

    private final Site site;
    private final List<PathRun> newest;
    private final List<DirectedResult> checks;
    private final List<Sight> sights;

    /**
     * From what was seen.
     *
     * @param newest the newest run of each path
     */
    Reasons(Site site, List<PathRun> newest, List<DirectedResult> checks, List<Sight> sights) {
        this.site = site;
        this.newest = newest;
        this.checks = checks;
        this.sights = sights;
    }

    List<String> of(Fault fault) {
        List<String> reasons = new ArrayList<>();
        reasons.add(what(fault));
        String paths = paths(fault);
        if (!paths.isEmpty()) {
            reasons.add(paths);
        }
        for (DirectedResult check : checks) {
            boolean isItsOwn =
                    fault.machines().contains(check.machine()) && check.result().state() != CheckResult.State.UNKNOWN;
            if (isItsOwn && (fault.machines().size() == 1 || check.result().state() == CheckResult.State.GOOD)) {
                reasons.add(check.result().name() + " ("
                        + check.result().state().text() + "): " + check.result().reason());
            }
        }
        return reasons.stream().distinct().limit(4).toList();
    }

    private String what(Fault fault) {
        String first = fault.machines().isEmpty() ? "" : fault.machines().getFirst();
        String last = fault.machines().isEmpty() ? "" : fault.machines().getLast();
        return switch (fault.kind()) {
            case DOWN -> down(fault, trouble(fault));
            case REFUSING -> refusing(trouble(fault));
            case HOLDING ->
                fault.protocol().equals("queue")
                        ? "takes mail that does not arrive in time"
                        : "mail for it does not arrive in time, whoever takes it";
            case FULL ->
                fault.protocol().equals("recipient")
                        ? "mail for its test account is not taken once its text has come: mailbox or disk may be full"
                        : "says that it has no room";
            case WRONG -> "answers, and does not find the accounts that it is asked for";
            case ACCOUNT -> "answers, and seems not to have one test account: mail for it and logins are refused";
            case SLOW -> "is slow";
            case STRANDED -> "answers, and gets nobody through to his mailbox";
            case LOGIN ->
                fault.machines().size() == 1
                        ? "the login to its test account is refused: the password, the account, or the store's own login"
                        : first + " refuses the login to the account on " + last + ", and lets others in";
            case RECIPIENT ->
                fault.machines().size() == 1
                        ? "mail for its test account is refused: the account is unknown, locked or full"
                        : first + " does not take mail for the account on " + last + ", and takes it for others";
            case WAY -> way(fault.protocol(), first, last);
            case BLIND -> "nothing can be reached from here: it may be this monitor's own network";
            case SLOW_MONITOR -> "all is slow from here: it may be this monitor, or its network";
        };
    }

    private static String way(String protocol, String first, String last) {
        return switch (protocol) {
            case "delivery", "relay" -> "mail that " + first + " takes does not get to " + last;
            case "ldap" -> first + " seems not to get answers from " + last + ", which others do";
            default -> first + " does not get at the mailboxes on " + last;
        };
    }

    private String down(Fault fault, @Nullable Trouble trouble) {
        boolean isStoreBehind = fault.machines().size() == 1
                && site.stores().stream()
                        .anyMatch(store -> store.name().equals(fault.machines().getFirst()))
                && sights.stream()
                        .noneMatch(sight -> sight.isAt(fault.machines().getFirst()) && !sight.isGood());
        if (trouble == null || isStoreBehind) {
            return isStoreBehind ? "nobody gets at its mailboxes" : "does not work";
        }
        return switch (trouble.stage()) {
            case LOOK_UP -> "its name is not found";
            case CONNECT ->
                trouble.kind() == Kind.REFUSED
                        ? "refuses connections"
                        : "does not answer from here: it is down, or the network on the way to it";
            case GREETING ->
                switch (trouble.kind()) {
                    case TIME_OUT -> "accepts connections and says nothing: it hangs";
                    case CLOSED -> "accepts connections and ends them at once";
                    default -> "accepts connections and greets with a refusal";
                };
            case TLS -> "cannot be spoken to with encryption";
            default ->
                site.directories().stream().map(Directory::name).anyMatch(fault.machines()::contains)
                        ? "all that asks it fails"
                        : "stops answering in the middle of a dialogue";
        };
    }

    private static String refusing(@Nullable Trouble trouble) {
        if (trouble == null) {
            return "refuses what is asked of it";
        }
        String whom = trouble.stage() == Stage.LOGIN ? "logins" : "what is asked of it";
        return trouble.kind() == Kind.DEFERRED ? "puts off " + whom + " ('not now')" : "refuses " + whom;
    }

    /** What it most often looks like. */
    private @Nullable Trouble trouble(Fault fault) {
        Map<Trouble, Integer> times = new LinkedHashMap<>();
        for (Sight sight : sights) {
            Trouble trouble = sight.trouble();
            if (trouble != null && fault.explains(sight)) {
                times.merge(
                        trouble,
                        sight.isDirect() && fault.machines().contains(sight.machine()) ? 100 : 1,
                        Integer::sum);
            }
        }
        return times.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry<Trouble, Integer>::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private String paths(Fault fault) {
        if (newest.isEmpty()) {
            return "";
        }
        Predicate<Path> by = path -> fault.machines().stream().allMatch(machine -> isOn(path, machine));
        long with = newest.stream().filter(run -> by.test(run.path())).count();
        long bad =
                newest.stream().filter(run -> by.test(run.path()) && isBad(run)).count();
        long others = newest.size() - with;
        long othersBad = newest.stream()
                .filter(run -> !by.test(run.path()) && isBad(run))
                .count();
        if (with == 0 || bad == 0) {
            return "";
        }
        Set<String> directories =
                site.directories().stream().map(Directory::name).collect(Collectors.toSet());
        boolean isShared = fault.machines().stream().allMatch(directories::contains);
        List<String> named = fault.machines().stream()
                .filter(machine -> !directories.contains(machine))
                .toList();
        String those = isShared ? "paths" : "paths by " + String.join(" and ", named);
        String fails = fault.kind() == Fault.Kind.SLOW || fault.kind() == Fault.Kind.SLOW_MONITOR ? "slow" : "bad";
        String first = bad == with
                ? (with == 1
                                ? "the one " + those.replaceFirst("paths", "path")
                                : (with == 2 ? "both " : "all " + with + " ") + those)
                        + " " + verb(fails, with)
                : bad + " of " + with + " " + those + " " + verb(fails, bad);
        if (others == 0) {
            return first;
        }
        return first
                + (othersBad == 0
                        ? ", the other " + others + (others == 1 ? " works" : " work")
                        : ", and " + othersBad + " of the other " + others);
    }

    private static String verb(String how, long number) {
        return how.equals("slow") ? number == 1 ? "is slow" : "are slow" : number == 1 ? "fails" : "fail";
    }

    private boolean isOn(Path path, String machine) {
        boolean isShared = site.directories().stream()
                .anyMatch(directory -> directory.name().equals(machine));
        return isShared
                || path.store().equals(machine)
                || path.mta().equals(machine)
                || path.proxy().equals(machine)
                || site.mta(path.mta()).relaysTo().contains(machine);
    }

    private static boolean isBad(PathRun run) {
        return run.state() == CheckResult.State.FAILING || run.state() == CheckResult.State.WARNING;
    }
}
