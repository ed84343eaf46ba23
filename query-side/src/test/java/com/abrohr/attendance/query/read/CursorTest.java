package com.abrohr.attendance.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class CursorTest {

    @Test
    void a_cursor_comes_back_as_it_was_given() {
        Instant at = Instant.parse("2026-11-02T08:00:00.123456Z");
        Cursor back = Cursor.parse(Cursor.in("list", at, "é/1", 7L).text(), "list", 3);
        assertThat(back.instant(0)).isEqualTo(at);
        assertThat(back.key(1)).isEqualTo("é/1");
        assertThat(back.number(2)).isEqualTo(7);
        assertThat(Cursor.parse(null, "list", 3)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "bm9uc2Vuc2U", "_w", "YQBiH2MfZA", "%00"})
    void anything_else_is_invalid_under_its_name(String text) {
        assertThatThrownBy(() -> Cursor.parse(text, "list", 3))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo("cursor");
                        });
    }

    @Test
    void a_cursor_of_another_list_is_invalid() {
        String text = Cursor.in("sessions", "a", "b").text();
        assertThat(Cursor.parse(text, "sessions", 2)).isNotNull();
        assertThatThrownBy(() -> Cursor.parse(text, "leave-requests", 2))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Cursor.parse(text, "sessions", 1)).isInstanceOf(Refusal.class);
    }

    @Test
    void keys_of_the_wrong_kind_are_invalid_too() {
        Cursor cursor = Cursor.in("list", "x", "+999999999-12-31T00:00:00Z", "y");
        assertThatThrownBy(() -> cursor.instant(0)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> cursor.instant(1)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> cursor.number(2)).isInstanceOf(Refusal.class);
    }
}
