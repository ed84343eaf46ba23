package com.abrohr.attendance.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

class ReadFiltersTest {
    @Test
    void an_employee_reads_own_rows_and_is_told_of_no_other_employee() {
        assertThat(filters(Role.EMPLOYEE, Map.of()).employeeId()).isEqualTo("e1");
        assertThat(filters(Role.EMPLOYEE, Map.of("employeeId", "e1")).employeeId()).isEqualTo("e1");
        assertThatThrownBy(() -> filters(Role.EMPLOYEE, Map.of("employeeId", "e2")).employeeId())
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_FOUND));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MANAGER", "HR", "AUDITOR", "ADMIN", "INTEGRATION"})
    void whoever_reads_the_company_may_ask_for_anybody(Role role) {
        assertThat(filters(role, Map.of()).employeeId()).isNull();
        assertThat(filters(role, Map.of("employeeId", "e2")).employeeId()).isEqualTo("e2");
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 501",
        "limit, x",
        "from, 2026-11-02",
        "from, 2026-13-02T00:00:00Z",
        "from, +12026-11-02T00:00:00Z",
        "from, -9999-01-01T00:00:00Z",
        "from, 0000-01-01T00:00:00Z",
        "day, -9999-01-01",
        "presence, PUNCHED_ıN",
        "day, 2026-02-30",
        "presence, SLEEPING",
        "siteId, ''",
        "after, -1",
        "nonsense, 1"
    })
    void what_is_not_understood_is_invalid_under_its_name(String name, String value) {
        assertThatThrownBy(() -> readAll(filters(Role.HR, Map.of(name, value))))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo(name);
                        });
    }

    @Test
    void a_filter_takes_one_value() {
        var request = new MockHttpServletRequest();
        request.addParameter("siteId", "s1", "s2");
        assertThatThrownBy(
                        () ->
                                ReadFilters.of(
                                        new Caller("c1", "u1", "e1", Role.HR, Instant.MAX),
                                        request,
                                        Set.of("siteId")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("siteId"));
    }

    @Test
    void words_may_be_written_in_any_case() {
        assertThat(
                        filters(Role.HR, Map.of("presence", "on_leave"))
                                .oneOf(Presence.class, "presence"))
                .isEqualTo(Presence.ON_LEAVE);
    }

    @Test
    void anOffsetThatTheQueryTookForASpaceIsExplained() {
        var filters = filters(Role.HR, Map.of("from", "2026-11-22T08:00:00 01:00"));

        assertThatThrownBy(() -> filters.instant("from"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.field()).isEqualTo("from");
                            assertThat(refusal.reason()).contains("%2B");
                        });
    }

    private static void readAll(ReadFilters filters) {
        filters.page();
        filters.instant("from");
        filters.date("day");
        filters.oneOf(Presence.class, "presence");
        filters.text("siteId");
        filters.number("after", 0);
    }

    private static ReadFilters filters(Role role, Map<String, String> parameters) {
        return new ReadFilters(
                new Caller("c1", "u1", "e1", role, Instant.MAX),
                parameters,
                Set.of(
                        "employeeId",
                        "limit",
                        "cursor",
                        "from",
                        "day",
                        "presence",
                        "siteId",
                        "after"));
    }
}
