package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.command.eventstore.AppendResult.Conflict;
import com.abrohr.attendance.command.eventstore.AppendResult.Duplicate;
import com.abrohr.attendance.command.eventstore.AppendResult.NotStored;
import com.abrohr.attendance.command.eventstore.AppendResult.Rejected;
import com.abrohr.attendance.command.eventstore.AppendResult.Stored;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores batches and finds out their results. A batch is stored as a whole first, in one round
 * trip. Where that fails each append is checked, and what the database refuses even then is halved,
 * so that an append which cannot be stored never fails the others of its batch.
 */
final class BatchStore {
    /** Receives the results of the appends. */
    interface Outcome {
        /** Committed: the results may be given to the callers. */
        void committed(Map<PendingAppend, AppendResult> answers);

        /** Not stored; to be tried again. */
        void retry(List<PendingAppend> batch);

        /** Not stored, and the database takes no writes at all. */
        void readOnly(List<PendingAppend> batch, Exception failure);
    }

    private static final Logger log = LoggerFactory.getLogger(BatchStore.class);

    private final LogSessions sessions;
    private final Outcome outcome;

    BatchStore(LogSessions sessions, Outcome outcome) {
        this.sessions = sessions;
        this.outcome = outcome;
    }

    void store(List<PendingAppend> batch) throws InterruptedException {
        if (StreamVersions.changeWithin(batch)) {
            storeAccepted(batch);
            return;
        }
        LogSession session = sessions.connect();
        if (session == null) {
            outcome.retry(batch);
            return;
        }
        Map<PendingAppend, AppendResult> answers;
        try {
            answers = session.append(batch);
        } catch (SQLException | RuntimeException e) {
            appendFailed(batch, e);
            return;
        }
        outcome.committed(answers);
    }

    private void appendFailed(List<PendingAppend> batch, Exception failure)
            throws InterruptedException {
        LogFailure kind = LogFailure.of(failure);
        boolean refused = failure instanceof SQLException && kind != LogFailure.CONNECTION_LOST;
        if (!refused) {
            log.warn("{} appends are looked up: {}", batch.size(), failure.toString());
            sessions.disconnect();
            // the server may still store it after the look-up
            batch.forEach(PendingAppend::mayBeStored);
            List<PendingAppend> left = resolveLostReply(new LinkedHashMap<>(), batch);
            if (kind == LogFailure.CONNECTION_LOST) {
                outcome.retry(left);
            } else if (!left.isEmpty()) {
                storeAccepted(left);
            }
            return;
        }
        switch (kind) {
            case CONNECTION_LOST, TRANSIENT -> {
                log.warn("{} appends are tried again: {}", batch.size(), failure.toString());
                outcome.retry(batch);
            }
            case DATA -> storeAccepted(batch);
            case READ_ONLY -> outcome.readOnly(batch, failure);
        }
    }

    private void storeAccepted(List<PendingAppend> batch) throws InterruptedException {
        LogSession session = sessions.connect();
        if (session == null) {
            outcome.retry(batch);
            return;
        }
        Map<PendingAppend, AppendResult> answers;
        try {
            answers = session.appendAccepted(batch);
        } catch (SQLException | RuntimeException e) {
            checksFailed(batch, e);
            return;
        }
        try {
            session.commit();
        } catch (SQLException | RuntimeException e) {
            commitFailed(answers, e);
            return;
        }
        outcome.committed(answers);
    }

    /** Nothing of the batch is stored, and that is certain: COMMIT was never sent. */
    private void checksFailed(List<PendingAppend> batch, Exception failure)
            throws InterruptedException {
        LogFailure kind = LogFailure.of(failure);
        if (kind == LogFailure.CONNECTION_LOST) {
            sessions.disconnect();
        } else {
            sessions.rollback();
        }
        switch (kind) {
            case CONNECTION_LOST, TRANSIENT -> {
                log.warn("{} appends are tried again: {}", batch.size(), failure.toString());
                outcome.retry(batch);
            }
            case DATA -> {
                if (batch.size() == 1) {
                    PendingAppend culprit = batch.getFirst();
                    culprit.answer(rejectionOf(culprit, failure));
                } else {
                    int half = batch.size() / 2;
                    store(batch.subList(0, half));
                    store(batch.subList(half, batch.size()));
                }
            }
            case READ_ONLY -> outcome.readOnly(batch, failure);
        }
    }

    /** What the checks before the insert did not see: another kind of writer, or a bad value. */
    private static AppendResult rejectionOf(PendingAppend append, Exception failure) {
        log.warn("One command's events are not taken: {}", failure.toString());
        LogConstraint violated = LogConstraint.violatedBy(failure);
        EventRow first = append.rows().getFirst();
        return switch (violated) {
            case SEQUENCE ->
                    new Conflict(first.aggregateId(), first.sequence() - 1, first.sequence());
            case COMMAND -> new Duplicate(append.command());
            case INDEX, COMPANY_SEQ ->
                    new NotStored("Somebody writes to the log without taking its lock", failure);
            case EVENT -> new Rejected("An event of the same id is stored", failure);
            case null -> new Rejected("The database does not take these events", failure);
        };
    }

    private void commitFailed(Map<PendingAppend, AppendResult> answers, Exception failure)
            throws InterruptedException {
        if (LogFailure.of(failure) == LogFailure.CONNECTION_LOST
                || !(failure instanceof SQLException)) {
            log.warn("The reply to a COMMIT is lost, its events are looked up: {}", failure + "");
            sessions.disconnect();
            List<PendingAppend> accepted =
                    answers.entrySet().stream()
                            .filter(entry -> entry.getValue() instanceof Stored)
                            .map(Map.Entry::getKey)
                            .toList();
            outcome.retry(resolveLostReply(answers, accepted));
            return;
        }
        log.error("The database refused a COMMIT", failure);
        sessions.rollback();
        outcome.readOnly(List.copyOf(answers.keySet()), failure);
    }

    /**
     * Finds out what became of a batch whose reply was lost, and answers what was stored.
     *
     * @param answers what was decided about the batch, true if anything of it was stored
     * @param sent what the lost transaction was to store
     * @return what is without an answer; all of it when the writer is closing
     */
    private List<PendingAppend> resolveLostReply(
            Map<PendingAppend, AppendResult> answers, List<PendingAppend> sent)
            throws InterruptedException {
        LogSession session = sessions.connect();
        while (session != null) {
            Map<PendingAppend, Stored> found;
            try {
                found = session.lookUp(sent);
            } catch (SQLException | RuntimeException e) {
                log.warn("The look-up of a lost reply is tried again: {}", e.toString());
                sessions.disconnect();
                session = sessions.connect();
                continue;
            }
            return answerWhatIsStored(answers, sent, found);
        }
        sent.forEach(PendingAppend::mayBeStored);
        return sent;
    }

    private List<PendingAppend> answerWhatIsStored(
            Map<PendingAppend, AppendResult> answers,
            List<PendingAppend> sent,
            Map<PendingAppend, Stored> found) {
        if (found.isEmpty() && !sent.isEmpty()) {
            return answers.isEmpty() ? sent : List.copyOf(answers.keySet());
        }
        List<PendingAppend> left = new ArrayList<>(sent);
        left.removeAll(found.keySet());
        answers.putAll(found);
        left.forEach(answers::remove);
        outcome.committed(answers);
        return left;
    }
}
