package com.abrohr.attendance.edge.bridge;

import static com.abrohr.attendance.edge.bridge.BridgeFixture.EMPLOYEE;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.MANAGER;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.edge.socketio.RecordingSocket;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Nothing is encoded before somebody hears it, and nothing twice. */
class RoomAudienceTest {

    @Test
    void anEventIsEncodedOnceWhenTheFirstSocketNeedsIt() {
        AtomicInteger encodings = new AtomicInteger();
        var event =
                new EncodedEvent(
                        () -> {
                            encodings.incrementAndGet();
                            return OutboundEvent.event("something", Map.of("seq", 7));
                        },
                        7,
                        5);
        assertThat(encodings).hasValue(0);

        try (BridgeFixture node = new BridgeFixture()) {
            RecordingSocket plain = node.enter(MANAGER, "{\"recovery\":false}");
            RecordingSocket recovering = node.enter(MANAGER, "{}");
            RecordingSocket withBoard = node.enter(MANAGER, "{}");
            FeedSubscriber.of(withBoard).boardShown();

            assertThat(event.to(plain)).isSameAs(event.to(plain));
            assertThat(event.to(recovering)).isSameAs(event.to(recovering));
            assertThat(event.to(withBoard)).isSameAs(event.to(withBoard));
            withBoard.send(event.to(withBoard));
            recovering.send(event.to(recovering));
            assertThat(withBoard.heard().getLast().path(2).asString()).isEqualTo("7b5");
            assertThat(recovering.heard().getLast().path(2).asString()).isEqualTo("7");
        }
        assertThat(encodings).hasValue(1);
    }

    @Test
    void theSenderHearsItsPunchByItsOwnNameAndEveryOtherDeviceAsAnUpdate() {
        try (BridgeFixture node = new BridgeFixture()) {
            RecordingSocket sender = node.enter(EMPLOYEE, "{}");
            node.sentByClient = "cmd-1";
            node.happens(1);
            node.sentByClient = "";
            RecordingSocket other = node.enter(EMPLOYEE, "{}");
            node.happens(2);

            assertThat(sender.heard("work_session_updated")).hasSize(1);
            assertThat(sender.heard("attendance_update")).hasSize(1);
            assertThat(other.heard("attendance_update"))
                    .isEqualTo(sender.heard("attendance_update"));
        }
    }
}
