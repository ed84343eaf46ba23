package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

    @Test
    void every_sid_begins_with_the_name_of_its_node_and_a_dot() {
        try (EngineServer server = server("edge-1")) {
            assertThat(sid(server)).matches("edge-1\\.[A-Za-z0-9_-]{22}");
            assertThat(sid(server)).isNotEqualTo(sid(server));
        }
    }

    @Test
    void without_a_name_a_sid_is_random_alone() {
        try (EngineServer server = server("")) {
            assertThat(sid(server)).matches("[A-Za-z0-9_-]{22}");
        }
    }

    /** A dot would end the name too early; the others would need quoting in an address. */
    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "a&b", "ä", "123456789012345678901234567890123"})
    void a_name_that_does_not_fit_an_address_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineIoSettings.defaults().withNode(name))
                .withMessageContaining("node");
    }

    private static EngineServer server(String node) {
        return new EngineServer(EngineIoSettings.defaults().withNode(node), new Deaf());
    }

    private static String sid(EngineServer server) {
        return server.open(new Handshake("127.0.0.1", null, null, null, ""), null).id();
    }

    private static final class Deaf implements EngineListener {
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
