package com.abrohr.attendance.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.query.read.Cursor.Key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class CursorTest {
    private static final Key[] KEYS = {Key.INSTANT, Key.TEXT, Key.NUMBER};

    @Test
    void a_cursor_comes_back_as_it_was_given() {
        Instant at = Instant.parse("2026-11-02T08:00:00.123456Z");
        assertThat(Cursor.parse(Cursor.of("list", at, "é/1", 7L), "list", KEYS))
                .containsExactly(at, "é/1", 7L);
        assertThat(Cursor.parse(null, "list", KEYS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "bm9uc2Vuc2U", "_w", "YQBiH2MfZA", "%00"})
    void anything_else_is_invalid_under_its_name(String text) {
        assertThatThrownBy(() -> Cursor.parse(text, "list", KEYS))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo("cursor");
                        });
    }

    @Test
    void a_cursor_of_another_list_is_invalid() {
        String text = Cursor.of("sessions", "a", "b");
        assertThat(Cursor.parse(text, "sessions", Key.TEXT, Key.TEXT)).hasSize(2);
        assertThatThrownBy(() -> Cursor.parse(text, "leave-requests", Key.TEXT, Key.TEXT))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Cursor.parse(text, "sessions", Key.TEXT))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "+999999999-12-31T00:00:00Z", "-100000-01-01T00:00:00Z"})
    void keys_of_the_wrong_type_are_invalid_too(String key) {
        String text = Cursor.of("list", key);
        assertThatThrownBy(() -> Cursor.parse(text, "list", Key.INSTANT))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Cursor.parse(text, "list", Key.NUMBER))
                .isInstanceOf(Refusal.class);
    }
}
