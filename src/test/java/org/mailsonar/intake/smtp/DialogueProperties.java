package org.mailsonar.intake.smtp;

import java.util.Arrays;
import java.util.Random;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.message.EmailAddress;

/**
 * What holds for a listener's dialogue. An input is all that a client sends. It is played four times, in other pieces and with
 * handlers of other speed; each time the client must see the same replies and the handler the same mail, and both must be what a
 * slow reading of the standard says.
 */
final class DialogueProperties {

    private final ListenerSettings settings;
    private final DialogueStage stage;

    DialogueProperties(ListenerProtocol dialect) {
        settings = ListenerSettings.on("127.0.0.1", 0)
                .named("mx.test")
                .limitedBy(ListenerLimits.STANDARD
                        .withMessageSize(1024)
                        .withSession(SessionLimits.STANDARD.withCommands(60).withErrors(10)))
                .accepting(EmailAddress.parse("a@b"), EmailAddress.parse("ü@b"))
                .speaking(dialect, null);
        stage = new DialogueStage(settings, SmtpProtocol.of(settings, null));
    }

    /** Plays what a client sends. */
    void check(byte[] data) {
        int hash = Arrays.hashCode(data);
        DialogueStage.Ending ending =
                (hash & 1) == 0 ? DialogueStage.Ending.CLIENT_IS_DONE : DialogueStage.Ending.LISTENER_CLOSES;
        DialogueStage.Played whole = stage.play(data, new int[] {data.length}, false, ending);
        new DialogueModel(data, whole, settings).check(ending);
        int[] ones = new int[data.length];
        Arrays.setAll(ones, i -> 1);
        int[] random = new Random(hash).ints(data.length, 1, 40).toArray();
        same(whole, stage.play(data, ones, false, ending), "byte by byte");
        same(whole, stage.play(data, random, true, ending), "in random pieces, with a handler that takes its time");
        same(whole, stage.play(data, new int[] {data.length}, true, ending), "at once, with such a handler");
    }

    private static void same(DialogueStage.Played whole, DialogueStage.Played pieces, String how) {
        Claim.same(whole.replies(), pieces.replies(), "replies " + how);
        Claim.same(whole.mails().size(), pieces.mails().size(), "number of mails " + how);
        for (int i = 0; i < whole.mails().size(); i++) {
            Claim.that(
                    Arrays.equals(
                            whole.mails().get(i).message().bytes(),
                            pieces.mails().get(i).message().bytes()),
                    "a mail's bytes " + how);
            Claim.same(whole.mails().get(i).envelope(), pieces.mails().get(i).envelope(), "an envelope " + how);
        }
        Claim.same(whole.open(), pieces.open(), "connection open " + how);
    }
}
