package org.mailsonar.verdict.fault;

import java.util.List;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.Directory;
import org.mailsonar.site.Refusals;
import org.mailsonar.site.Site;

/**
 * Whether a fault was seen at the machine itself, so that it is certain: the machine answered for itself by refusing a connection, or took one
 * and said nothing, twice or when asked on purpose, and not otherwise since; others were reached meanwhile, so it is not this monitor; and no
 * directory server is in trouble, for which a server may wait before it greets. A machine that does not answer at all may be well
 * behind a broken network, so that is never certain; nor is it where the machine refused a login of ours shortly before, since it may have shut
 * out this monitor alone.
 */
final class Proof {

    private Proof() {}

    static boolean isCertain(Fault fault, Site site, List<Sight> sights) {
        if (fault.kind() != Fault.Kind.DOWN || fault.machines().size() != 1) {
            return false;
        }
        String machine = fault.machines().getFirst();
        List<Sight> own = sights.stream()
                .filter(sight -> sight.isAt(machine) && sight.isDirect())
                .toList();
        List<Sight> proofs = own.stream().filter(Proof::speaksForItself).toList();
        if (proofs.size() < 2 && proofs.stream().noneMatch(Sight::isDirected)) {
            return false;
        }
        boolean isOtherwiseSince = own.stream()
                .anyMatch(sight -> sight.part() != Sight.Part.CONNECT
                        && sight.at().isAfter(proofs.getFirst().at())
                        && !speaksForItself(sight));
        boolean isOtherReached = sights.stream()
                .anyMatch(sight -> !sight.isAt(machine)
                        && sight.isDirect()
                        && sight.isAnswered()
                        && !sight.at().isBefore(proofs.getFirst().at()));
        return !isOtherwiseSince
                && isOtherReached
                && own.stream().noneMatch(sight -> maybeShutsOut(sight, proofs.getLast()))
                && (refusesConnections(proofs) || areDirectoriesWell(site, machine, sights));
    }

    private static boolean maybeShutsOut(Sight sight, Sight proof) {
        return sight.failedAt(Stage.LOGIN)
                && sight.failedBy(Kind.REJECTED)
                && !sight.at().isBefore(proof.at().minus(Refusals.REMEMBERED));
    }

    private static boolean refusesConnections(List<Sight> proofs) {
        return proofs.stream().allMatch(sight -> sight.failedAt(Stage.CONNECT));
    }

    private static boolean areDirectoriesWell(Site site, String machine, List<Sight> sights) {
        return site.directories().stream()
                .map(Directory::name)
                .filter(name -> !name.equals(machine))
                .allMatch(name -> sights.stream()
                        .noneMatch(
                                sight -> sight.part() == Sight.Part.DIRECTORY && sight.isAt(name) && !sight.isGood()));
    }

    private static boolean speaksForItself(Sight sight) {
        return (sight.failedAt(Stage.CONNECT) && sight.failedBy(Kind.REFUSED))
                || (sight.failedAt(Stage.GREETING) && (sight.failedBy(Kind.TIME_OUT) || sight.failedBy(Kind.CLOSED)));
    }
}
