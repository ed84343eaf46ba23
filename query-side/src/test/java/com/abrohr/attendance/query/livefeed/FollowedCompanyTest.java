package com.abrohr.attendance.query.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.query.employee.EmployeeFeed;
import com.abrohr.attendance.query.leave.EmptyInbox;
import com.abrohr.attendance.query.leave.LeaveFeed;
import com.abrohr.attendance.query.presence.EmptyTiles;
import com.abrohr.attendance.query.punch.PunchFeed;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

class FollowedCompanyTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final FollowedCompany company = new FollowedCompany("acme", "epoch");

    @Test
    void isReadyWhenItStandsWhereTheLogStoodAndAnnouncesNothingBefore() {
        begin(2);
        assertThat(company.isReady()).isFalse();
        assertThat(company.hasGap()).isTrue();

        assertThat(take(row(1, registered("ana")), row(2, in("ana", 1)))).isNull();

        assertThat(company.isReady()).isTrue();
        assertThat(company.last()).isEqualTo(2);
        assertThat(seqs(take(row(3, out("ana", 1))))).containsExactly(3L);
    }

    @Test
    void whatComesWhileTheBoardIsLoadedIsAnnouncedAfterwards() {
        company.take(List.of(row(2, in("ana", 1))), NOW);
        begin(1);

        assertThat(seqs(take(row(1, registered("ana"))))).containsExactly(2L);
    }

    @Test
    void anEventWaitsForTheOneBeforeIt() {
        begin(0);

        assertThat(take(row(2, in("ana", 1)))).isNull();
        assertThat(company.hasGap()).isTrue();
        assertThat(seqs(take(row(1, registered("ana"))))).containsExactly(1L, 2L);
        assertThat(company.hasGap()).isFalse();
    }

    @Test
    void anEventIsAnnouncedOnce() {
        begin(0);
        take(row(1, registered("ana")));

        assertThat(take(row(1, registered("ana")))).isNull();
        assertThat(seqs(take(row(1, registered("ana")), row(2, in("ana", 1))))).containsExactly(2L);
    }

    @Test
    void anEventThatCannotBeAppliedTurnsItsEmployeeUnknownAndNobodyElse() {
        begin(0);
        take(row(1, registered("ana")), row(2, registered("bob")));

        FeedBatch batch = take(row(3, out("ana", 7)), row(4, in("bob", 1)));

        assertThat(batch.board().rows())
                .extracting(tile -> tile.employeeId() + " " + tile.presence())
                .containsExactlyInAnyOrder("ana UNKNOWN", "bob IN");
        assertThat(seqs(batch)).containsExactly(3L, 4L);
    }

    @Test
    void aRepairedBoardAnnouncesTheTilesThatLookDifferent() {
        begin(0);
        take(row(1, registered("ana")), row(2, registered("bob")), row(3, out("ana", 7)));

        // The repair made sense of the event: on the stored board Ana is out again.
        company.begin(board(), 3);
        FeedBatch batch =
                take(
                        row(1, registered("ana")),
                        row(2, registered("bob")),
                        row(3, registered("ana")));

        assertThat(batch.entries()).isEmpty();
        assertThat(batch.board().seq()).isEqualTo(3);
        assertThat(batch.board().rows())
                .extracting(tile -> tile.employeeId() + " " + tile.presence())
                .containsExactly("ana OUT");
    }

    @Test
    void whatHappensDuringARepairIsAnnounced() {
        begin(0);
        take(row(1, registered("ana")));
        company.begin(board(), 2);

        FeedBatch batch = take(row(1, registered("ana")), row(2, in("ana", 1)));

        assertThat(seqs(batch)).containsExactly(2L);
        assertThat(batch.board().rows().getFirst().presence()).isEqualTo(Presence.IN);
    }

    @Test
    void theClockChangesATileOnceAndUnderTheSameNumber() {
        begin(0);
        LocalDate today = LocalDate.parse("2026-11-27");
        take(
                row(1, registered("ana")),
                row(2, asked("ana", today.plusDays(1), today.plusDays(2))),
                row(3, approved("ana", today.plusDays(1), today.plusDays(2))));
        assertThat(company.changedByTime(NOW)).isNull();

        FeedBatch batch = company.changedByTime(Instant.parse("2026-11-28T00:00:01Z"));

        assertThat(batch.entries()).isEmpty();
        assertThat(batch.board().seq()).isEqualTo(3);
        assertThat(batch.board().rows().getFirst().presence()).isEqualTo(Presence.ON_LEAVE);
        assertThat(company.changedByTime(Instant.parse("2026-11-28T00:00:02Z"))).isNull();
    }

    @Test
    void aBoardThatWasAwayIsBroughtUpToDateByState() {
        begin(0);
        LocalDate day = LocalDate.parse("2026-12-24");
        take(
                row(1, registered("ana")),
                row(2, registered("bob")),
                row(3, asked("ana", day, day)),
                row(4, approved("ana", day, day)),
                row(5, in("ana", 1)));

        var changes = company.shown().since(3, company.decisions().after(3), NOW);

        assertThat(changes.rows()).extracting(tile -> tile.employeeId()).containsExactly("ana");
        assertThat(changes.noLongerPending()).containsExactly("lv-1-ana");
        assertThat(changes.activity()).extracting(line -> line.seq()).containsExactly(4L, 5L);
        assertThat(company.decisions().coversSince(0)).isTrue();
    }

    @Test
    void eventsOfAnOlderRevisionTakeWhatTheyLackFromTheBoard() {
        begin(0);
        LocalDate day = LocalDate.parse("2026-12-24");
        take(row(1, registered("ana")), row(2, in("ana", 1)), row(3, asked("ana", day, day)));

        FeedBatch batch = take(row(4, out("ana", 1)), row(5, approved("ana", null, null)));

        assertThat(batch.entries().get(0).update())
                .isInstanceOfSatisfying(
                        FeedUpdate.Punched.class,
                        punched ->
                                assertThat(punched.session().punchInTime())
                                        .isEqualTo(NOW.plusSeconds(1)));
        assertThat(batch.entries().get(1).update())
                .isInstanceOfSatisfying(
                        FeedUpdate.LeaveChanged.class,
                        changed -> assertThat(changed.leave().startDate()).isEqualTo(day));
    }

    private void begin(long head) {
        company.begin(board(), head);
        company.take(List.of(), NOW);
    }

    private static LiveBoard board() {
        return new LiveBoard(
                "acme",
                0,
                EmptyTiles.of("acme"),
                EmptyInbox.create(),
                new FeedMappings(List.of(new PunchFeed(), new LeaveFeed(), new EmployeeFeed())));
    }

    private FeedBatch take(LogRow... rows) {
        return company.take(List.of(rows), NOW);
    }

    private static List<Long> seqs(FeedBatch batch) {
        return batch.entries().stream().map(FeedEntry::seq).toList();
    }

    private static EmployeeRegistered registered(String employee) {
        return new EmployeeRegistered("acme", employee, employee, null, null, "UTC");
    }

    private static PunchedIn in(String employee, int session) {
        Instant at = NOW.plusSeconds(session);
        return new PunchedIn(
                "acme",
                employee,
                "ws-" + session + "-" + employee,
                at,
                at,
                "UTC",
                LocalDate.parse("2026-11-27"),
                null);
    }

    private static PunchedOut out(String employee, int session) {
        Instant at = NOW.plusSeconds(60 + session);
        return new PunchedOut(
                "acme",
                employee,
                "ws-" + session + "-" + employee,
                at,
                at,
                "UTC",
                LocalDate.parse("2026-11-27"),
                null,
                null);
    }

    private static LeaveSubmitted asked(String employee, LocalDate from, LocalDate to) {
        return new LeaveSubmitted("acme", employee, "lv-1-" + employee, "annual", from, to, null);
    }

    private static LeaveApproved approved(
            String employee, @Nullable LocalDate from, @Nullable LocalDate to) {
        return new LeaveApproved(
                "acme",
                employee,
                "lv-1-" + employee,
                from == null ? null : "annual",
                from,
                to,
                "boss",
                null);
    }

    private static LogRow row(long seq, DomainEvent event) {
        String kind =
                switch (event) {
                    case LeaveSubmitted _, LeaveApproved _ -> "leave-account";
                    case EmployeeRegistered _ -> "employee";
                    default -> "time-clock";
                };
        var message =
                new GenericDomainEventMessage<>(
                        "type",
                        kind + "/acme/" + event.employeeId(),
                        seq,
                        event,
                        MetaData.from(
                                Map.of(
                                        MetadataKeys.RECEIVED_AT,
                                        NOW.toString(),
                                        MetadataKeys.COMMAND_ID,
                                        "c" + seq,
                                        MetadataKeys.SOURCE,
                                        "WEB")),
                        "event-" + seq,
                        NOW);
        return new LogRow(seq, "acme", seq, event.employeeId(), NOW, message);
    }
}
