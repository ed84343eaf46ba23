package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.SocketIoClient;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a client shows that has heard one snapshot and the deltas after it, by the rule of the
 * protocol: a delta with a lower number than the board's is known, any other applies. One with the
 * same number tells what the clock or a repair has changed.
 */
record Board(long seq, Map<String, String> presences, TreeSet<String> inbox) {
    static Board of(SocketIoClient manager) {
        JsonNode snapshot = manager.await("dashboard_snapshot");
        long last = snapshot.path("seq").asLong();
        Map<String, String> presences = presences(snapshot.path("rows"));
        assertThat(counts(snapshot)).as("counts of the snapshot").isEqualTo(count(presences));
        TreeSet<String> inbox = new TreeSet<>();
        snapshot.path("pendingLeave").forEach(each -> inbox.add(each.path("id").asString()));
        for (JsonNode delta : manager.all("dashboard_delta")) {
            if (delta.path("seq").asLong() < last) {
                continue;
            }
            last = delta.path("seq").asLong();
            presences.putAll(presences(delta.path("rows")));
            JsonNode leave = delta.path("pendingLeave");
            leave.path("upsert").forEach(each -> inbox.add(each.path("id").asString()));
            leave.path("remove").forEach(each -> inbox.remove(each.asString()));
        }
        return new Board(last, presences, inbox);
    }

    long count(String presence) {
        return presences.values().stream().filter(presence::equals).count();
    }

    static Map<String, String> presences(JsonNode rows) {
        Map<String, String> presences = new TreeMap<>();
        rows.forEach(
                row ->
                        presences.put(
                                row.path("employeeId").asString(),
                                row.path("presence").asString()));
        return presences;
    }

    private static Map<String, Integer> count(Map<String, String> presences) {
        Map<String, Integer> counts = new TreeMap<>();
        presences.values().forEach(each -> counts.merge(each, 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> counts(JsonNode snapshot) {
        Map<String, Integer> counts = new TreeMap<>();
        snapshot.path("counts")
                .forEachEntry(
                        (presence, count) -> {
                            if (count.asInt() > 0) {
                                counts.put(presence, count.asInt());
                            }
                        });
        return counts;
    }
}
