package org.mailsonar.reflect;

import java.util.ArrayList;
import java.util.List;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;

/** A next hop that keeps what it is given and gives the answer that it was told. */
final class RecordingRelay implements Relay {

    private final List<OutgoingMail> sent = new ArrayList<>();
    private Transmission answer = new Transmission.Accepted("250 queued as 1");

    void answer(Transmission next) {
        answer = next;
    }

    List<OutgoingMail> sent() {
        return sent;
    }

    byte[] onlyContent() {
        if (sent.size() != 1) {
            throw new AssertionError(sent.size() + " messages were sent, not one");
        }
        return sent.getFirst().content();
    }

    @Override
    public Transmission send(OutgoingMail mail) {
        sent.add(mail);
        return answer;
    }

    @Override
    public String describe() {
        return "recording";
    }

    @Override
    public void close() {}
}
