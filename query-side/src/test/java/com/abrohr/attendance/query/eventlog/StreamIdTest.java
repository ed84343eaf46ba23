package com.abrohr.attendance.query.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.query.eventlog.StreamId.Kind;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"c1", "a/b", "50%", "a+b c", "é€😀", "a%2Fb", "|", "-._~"})
    void what_the_command_side_writes_is_read_back(String id) {
        String written =
                new com.abrohr.attendance.command.engine.StreamId("time-clock", id, "x" + id)
                        .toString();
        assertThat(StreamId.parse(written)).contains(new StreamId(Kind.TIME_CLOCK, id, "x" + id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "policy/c1/1",
                "time-clock/c1",
                "time-clock/c1/e1/x",
                "time-clock/c1/%zz"
            })
    void other_streams_are_not_of_an_employee(String id) {
        assertThat(StreamId.parse(id)).isEmpty();
    }
}
