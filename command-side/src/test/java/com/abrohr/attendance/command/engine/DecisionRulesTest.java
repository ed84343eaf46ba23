package com.abrohr.attendance.command.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class DecisionRulesTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void aClaimedTimeMayBeTwoMinutesAheadAndNoMore() {
        NotFromTheFuture rule = new NotFromTheFuture(NINE);
        assertThatCode(() -> rule.check("occurredAt", null)).doesNotThrowAnyException();
        assertThatCode(() -> rule.check("occurredAt", NINE.plusSeconds(120)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check("occurredAt", NINE.plusSeconds(120).plusNanos(1)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.FUTURE_TIME);
                            assertThat(refusal.field()).isEqualTo("occurredAt");
                        });
    }

    @Test
    void nobodyDecidesOnThemself() {
        NoSelfApproval rule = new NoSelfApproval("boss");
        assertThatCode(() -> rule.check("ana")).doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check("boss")).isInstanceOf(Refusal.class);
    }

    @Test
    void theLastThirtyTwoCommandsAreRemembered() {
        RecentCommands recent = new RecentCommands();
        for (int command = 0; command <= 32; command++) {
            recent.remember("c-" + command);
            recent.remember("c-" + command);
        }
        assertThat(recent.size()).isEqualTo(32);
        assertThatCode(() -> recent.mustNotHold("c-0")).doesNotThrowAnyException();
        assertThatThrownBy(() -> recent.mustNotHold("c-1")).isInstanceOf(CommandRepeated.class);
        assertThatThrownBy(() -> recent.mustNotHold("c-32")).isInstanceOf(CommandRepeated.class);
    }

    @Test
    void aRememberedIdIsTheTextThatWasSentAndNoOtherWayToWriteIt() {
        RecentCommands recent = new RecentCommands();
        recent.remember("0f8fad5b-d9cb-469f-a165-70867728950e");
        recent.remember("1-1-1-1-1");
        assertThatThrownBy(() -> recent.mustNotHold("0f8fad5b-d9cb-469f-a165-70867728950e"))
                .isInstanceOf(CommandRepeated.class);
        assertThatCode(() -> recent.mustNotHold("0F8FAD5B-D9CB-469F-A165-70867728950E"))
                .doesNotThrowAnyException();
        assertThatCode(() -> recent.mustNotHold("00000001-0001-0001-0001-000000000001"))
                .doesNotThrowAnyException();
    }

    @Test
    void noTwoEmployeesShareAStreamWhateverTheirIdsHold() {
        assertThat(new StreamId("time-clock", "acme", "ana")).hasToString("time-clock/acme/ana");
        assertThat(new StreamId("time-clock", "a/b", "c").toString())
                .isNotEqualTo(new StreamId("time-clock", "a", "b/c").toString())
                .isEqualTo("time-clock/a%2Fb/c");
        assertThat(new StreamId("employee", "a%2Fb", "ñ")).hasToString("employee/a%252Fb/%C3%B1");
    }
}
