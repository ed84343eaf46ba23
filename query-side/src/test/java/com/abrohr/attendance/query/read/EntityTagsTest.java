package com.abrohr.attendance.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;

class EntityTagsTest {
    private static final Caller ANA = caller("acme", "u1", "ana", Role.MANAGER);

    private final EntityTags tags = new EntityTags(JsonMapper.builder().build());

    @Test
    void the_same_shown_to_the_same_reader_has_the_same_tag() {
        assertThat(tag(ANA, List.of("a", "b")))
                .matches("W/\"[A-Za-z0-9_-]{22}\"")
                .isEqualTo(
                        tag(
                                new Caller("acme", "u1", "ana", Role.MANAGER, Instant.MIN),
                                List.of("a", "b")));
    }

    @Test
    void whatever_is_shown_or_whoever_reads_makes_another() {
        List<String> shown = List.of("a", "b");
        assertThat(
                        List.of(
                                tag(ANA, shown),
                                tag(ANA, List.of("b", "a")),
                                tag(ANA, List.of("ab")),
                                tag(ANA, List.of()),
                                tag(caller("beta", "u1", "ana", Role.MANAGER), shown),
                                tag(caller("acme", "u2", "ana", Role.MANAGER), shown),
                                tag(caller("acme", "u1", "ben", Role.MANAGER), shown),
                                tag(caller("acme", "u1", "ana", Role.HR), shown)))
                .doesNotHaveDuplicates();
    }

    private String tag(Caller reader, List<String> shown) {
        return tags.of(reader, tags.written(shown));
    }

    private static Caller caller(String company, String user, String employee, Role role) {
        return new Caller(company, user, employee, role, Instant.MAX);
    }
}
