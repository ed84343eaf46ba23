package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punchAt;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Each event has the next number of its company, and whoever reads it learns it. */
@Timeout(60)
class CompanyNumbersIT {

    private LogDatabase database;
    private LogNode a;
    private LogNode b;

    @BeforeEach
    void twoNodes() {
        database = new LogDatabase();
        a = database.node();
        b = database.node();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void numbersAreDenseInEverySnapshotWhileManyCompaniesWriteOnTwoNodes() throws Exception {
        int writers = 48;
        int commands = 30;
        String notDense =
                "select count(*) from (select company_id from event_log group by company_id"
                        + " HAVING count(*) <> max(company_seq)) t";
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reader =
                    threads.submit(
                            () -> {
                                int looks = 0;
                                while (writing.get()) {
                                    assertThat(database.number(notDense)).isZero();
                                    looks++;
                                }
                                return looks;
                            });
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String company = "company-" + w % 5;
                String employee = "e" + w;
                LogNode node = w % 2 == 0 ? a : b;
                all.add(
                        threads.submit(
                                () -> {
                                    for (int c = 0; c < commands; c++) {
                                        node.engine.appendEvents(
                                                List.of(
                                                        punchAt(company, employee, "c" + c, 2 * c),
                                                        punchAt(
                                                                company, employee, "c" + c,
                                                                2 * c + 1)));
                                    }
                                }));
            }
            try {
                for (Future<?> writer : all) {
                    writer.get();
                }
            } finally {
                writing.set(false);
            }
            assertThat(reader.get()).isGreaterThan(5);
        }
        assertThat(database.number("select count(*) from event_log"))
                .isEqualTo(writers * commands * 2L);
        assertThat(database.number(notDense)).isZero();
        assertThat(
                        database.number(
                                "select count(*) from (select company_seq <= lag(company_seq) over"
                                        + " (PARTITION BY company_id order by global_index) as back"
                                        + " from event_log) t where back"))
                .isZero();
    }

    @Test
    void whatIsNotStoredTakesNoNumber() {
        a.engine.appendEvents(punches("e", "c0", 0, 2));
        assertThatThrownBy(() -> b.engine.appendEvents(List.of(punch("e", "c1", 1))))
                .isInstanceOf(ConcurrencyException.class);
        b.engine.appendEvents(List.of(punch("e", "c2", 2)));

        assertThat(
                        database.text(
                                "select string_agg(company_seq::text, ' ' order by global_index) from event_log"))
                .isEqualTo("1 2 3");
    }

    @Test
    void everyReaderGetsTheNumberThoughTheMetadataKeepsNone() {
        a.engine.appendEvents(List.of(punchAt("other", "x", "c", 0)));
        a.engine.appendEvents(punches("e", "c", 0, 2));

        assertThat(a.engine.readEvents(Punches.clock("e")).asStream().map(this::number))
                .containsExactly("1", "2");
        assertThat(a.engine.readEvents(null, false).map(this::number).toList())
                .containsExactly("1", "1", "2");
        StoredCommand stored = a.log.findCommand("acme", "e", "c").orElseThrow();
        assertThat(number(stored.firstEvent())).isEqualTo("1");
        assertThat(stored.lastSeq()).isEqualTo(2);
        LogCheck check = a.log.check(Punches.clock("e"), "acme", "e", "c");
        assertThat(check.lastSeq()).isEqualTo(2);
        assertThat(check.command().orElseThrow().lastSeq()).isEqualTo(2);
        assertThat(a.log.check(Punches.clock("nobody"), "acme", "e", "none").lastSeq()).isZero();
        assertThat(database.number("select count(*) from events where metadata ? 'companySeq'"))
                .isZero();
    }

    @Test
    void aNumberThatSomebodyClaimsIsNotStored() {
        a.engine.appendEvents(
                List.of(punch("e", "c", 0).andMetaData(Map.of(MetadataKeys.COMPANY_SEQ, "99"))));

        assertThat(number(a.engine.readEvents(Punches.clock("e")).next())).isEqualTo("1");
        assertThat(database.number("select count(*) from events where metadata ? 'companySeq'"))
                .isZero();
    }

    @Test
    void everyReaderLearnsWhoseNumberItIsWhateverTheMetadataSays() {
        a.engine.appendEvents(punches("e", "c", 0, 3));
        database.execute("update event_log set metadata = 'broken' where sequence = 0");
        database.execute("update event_log set metadata = '{}' where sequence = 1");

        assertThat(a.engine.readEvents(Punches.clock("e")).asStream().map(this::number))
                .containsExactly("1", "2", "3");
        assertThat(
                        a.engine
                                .readEvents(null, false)
                                .map(event -> event.getMetaData().get(MetadataKeys.COMPANY_ID))
                                .toList())
                .containsExactly("acme", "acme", "acme");
    }

    private String number(EventMessage<?> event) {
        return event.getMetaData().get(MetadataKeys.COMPANY_SEQ).toString();
    }
}
