package com.abrohr.attendance.query.projection;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** How far the read models are behind the log, by the stored tokens of all nodes. */
public class ProjectionLag {
    private static final String TOKENS =
            """
            select h.last_index, t.segment, t.token, t.token_type
            from event_log_head h left join token_entry t on t.processor_name = ?""";

    private static final String AGE =
            """
            select cast(extract(epoch from clock_timestamp() - recorded_at) * 1000 as bigint)
            from event_log where global_index > ? order by global_index limit 1""";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;

    /**
     * @param jdbc on the stream pool
     * @param serializer of tokens
     */
    ProjectionLag(JdbcTemplate jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /**
     * The lag at one moment.
     *
     * @param head the last place of the log
     * @param projected up to where every event is projected; empty where tokens are missing
     * @param age of the oldest event that is not; zero when there is none
     */
    public record Lag(long head, OptionalLong projected, Duration age) {
        public long events() {
            return head - projected.orElse(0);
        }
    }

    private record Token(long head, OptionalLong position) {}

    public Lag now() {
        List<Token> tokens =
                jdbc.query(
                        TOKENS,
                        (row, _) ->
                                new Token(
                                        row.getLong(1),
                                        row.getObject(2) == null
                                                ? OptionalLong.empty()
                                                : OptionalLong.of(
                                                        position(
                                                                row.getBytes(3),
                                                                row.getString(4)))),
                        ReadModelProjection.GROUP);
        long head = tokens.getFirst().head();
        OptionalLong projected =
                tokens.stream()
                        .map(Token::position)
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .min();
        long from = projected.orElse(0);
        return new Lag(head, projected, from < head ? ageOfNext(from) : Duration.ZERO);
    }

    private long position(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return 0;
        }
        TrackingToken read =
                serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, type, null));
        return read.position().orElse(0);
    }

    private Duration ageOfNext(long projected) {
        return jdbc.queryForList(AGE, Long.class, projected).stream()
                .findFirst()
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }
}
