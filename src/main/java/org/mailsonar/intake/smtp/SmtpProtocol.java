package org.mailsonar.intake.smtp;

import java.util.List;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.core.ExpnCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue without the wire: a James protocol whose commands answer within microseconds and never block. Immutable after
 * it is made; thread-safe, since what changes is in each {@link SmtpSession}.
 *
 * <p>Three commands are James's own. The others are ours, since James's are laxer than the standards on parameters and
 * addresses, know neither SMTPUTF8 nor the enhanced codes asked for here, and set up a diagnostic context for each command,
 * which costs more than the command.
 */
final class SmtpProtocol extends SMTPProtocol {

    private final CommandDispatcher<SmtpSession> dispatcher;
    private final ListenerProtocol protocol;

    private SmtpProtocol(
            ProtocolHandlerChainImpl chain,
            CommandDispatcher<SmtpSession> dispatcher,
            SMTPConfiguration configuration,
            ListenerProtocol protocol) {
        super(chain, configuration);
        this.protocol = protocol;
        this.dispatcher = dispatcher;
    }

    /** @param tls what STARTTLS starts; null where it is not offered */
    static SmtpProtocol of(ListenerSettings settings, @Nullable ListenerTls tls) {
        CommandDispatcher<SmtpSession> dispatcher =
                new CommandDispatcher<>(List.of(settings.protocol().hello(), "MAIL", "RCPT", "DATA", "QUIT"));
        ProtocolHandlerChainImpl chain = new ProtocolHandlerChainImpl();
        chain.add(dispatcher);
        chain.add(new HelloCommand(settings));
        chain.add(new MailCommand(settings));
        chain.add(new RecipientCommand(settings.recipients()));
        chain.add(new DataCommand());
        chain.add(new ModestCommands(settings));
        chain.add(new NoopCmdHandler());
        chain.add(new RsetCmdHandler());
        chain.add(new ExpnCmdHandler());
        if (tls != null) {
            chain.add(new StartTlsCommand(tls));
        }
        chain.add(new UnknownCommand());
        try {
            chain.wireExtensibleHandlers();
        } catch (WiringException incomplete) {
            throw new IllegalStateException("a mandatory SMTP command is missing", incomplete);
        }
        return new SmtpProtocol(chain, dispatcher, new Configuration(settings), settings.protocol());
    }

    @Override
    public SmtpSession newSession(ProtocolTransport transport) {
        return new SmtpSession(transport, (SMTPConfiguration) getConfiguration(), protocol);
    }

    /** Runs one command line, given without its CRLF, and writes the reply to the session's transport, which it gives too. */
    Response run(SmtpSession session, byte[] line) {
        Response reply = dispatcher.onLine(session, line);
        session.getProtocolTransport().writeResponse(reply, session);
        return reply;
    }

    /** The settings in James's terms. */
    private static final class Configuration extends SMTPConfigurationImpl {

        private final ListenerSettings settings;

        Configuration(ListenerSettings settings) {
            this.settings = settings;
        }

        @Override
        public String getHelloName() {
            return settings.hostName();
        }

        @Override
        public String getSoftwareName() {
            return "Mailsonar";
        }

        @Override
        public long getMaxMessageSize() {
            return settings.limits().messageSize();
        }
    }
}
