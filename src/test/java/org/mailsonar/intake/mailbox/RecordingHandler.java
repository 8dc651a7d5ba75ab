package org.mailsonar.intake.mailbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.Header;

/** Remembers what it is handed, and answers as a test says. Thread-safe. */
final class RecordingHandler implements MailHandler {

    private final List<ReceivedMail> mails = new CopyOnWriteArrayList<>();
    private volatile Function<ReceivedMail, Disposition> answer;

    private RecordingHandler(Function<ReceivedMail, Disposition> answer) {
        this.answer = answer;
    }

    /** Accepts everything. */
    static RecordingHandler accepting() {
        return new RecordingHandler(mail -> new Disposition.Accepted("returned"));
    }

    static RecordingHandler answering(Disposition disposition) {
        return new RecordingHandler(mail -> disposition);
    }

    /** From now on this is the answer. */
    void answer(Disposition disposition) {
        answer = mail -> disposition;
    }

    /** From now on this gives the answer. */
    void answerWith(Function<ReceivedMail, Disposition> function) {
        answer = function;
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        mails.add(mail);
        return answer.apply(mail);
    }

    List<ReceivedMail> mails() {
        return List.copyOf(mails);
    }

    List<String> subjects() {
        return mails.stream()
                .map(mail -> mail.message().first("Subject").map(Header::value).orElse(""))
                .toList();
    }

    /** Waits until it was handed so many. */
    void await(int count) {
        Poll.until(count + " messages to be handled, not " + subjects(), () -> mails.size() >= count);
    }
}
