package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

    @Test
    void everySidBeginsWithTheNameOfItsNodeAndADot() {
        try (EngineServer server = server("edge-1")) {
            assertThat(sid(server)).matches("edge-1\\.[A-Za-z0-9_-]{22}");
            assertThat(sid(server)).isNotEqualTo(sid(server));
        }
    }

    @Test
    void withoutANameASidIsRandomAlone() {
        try (EngineServer server = server("")) {
            assertThat(sid(server)).matches("[A-Za-z0-9_-]{22}");
        }
    }

    /** A dot would end the name too early; the others would need quoting in an address. */
    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "a&b", "ä", "123456789012345678901234567890123"})
    void aNameThatDoesNotFitAnAddressIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestSettings().withNode(name).build())
                .withMessageContaining("node");
    }

    private static EngineServer server(String node) {
        return new EngineServer(new TestSettings().withNode(node).build(), new NoopListener());
    }

    private static String sid(EngineServer server) {
        return server.open(new Handshake("127.0.0.1", null, null, null, ""), null).id();
    }

    private static final class NoopListener implements EngineListener {
        @Override
        public void opened(EngineSession session) {}

        @Override
        public void text(EngineSession session, String message) {}

        @Override
        public void binary(EngineSession session, byte[] message) {}

        @Override
        public void closed(EngineSession session, CloseReason reason) {}
    }
}
