package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.board.EmployeeFacts.Range;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Approved leave as the presence row keeps it. */
public final class LeaveRanges {

    private static final String NONE = "[]";
    private static final JsonMapper JSON = new JsonMapper();

    private LeaveRanges() {}

    public static String write(List<Range> ranges) {
        if (ranges.isEmpty()) {
            return NONE;
        }
        ArrayNode array = JSON.createArrayNode();
        for (Range range : ranges) {
            array.addObject()
                    .put("id", range.id())
                    .put("from", range.from().toString())
                    .put("to", range.to().toString());
        }
        return array.toString();
    }

    public static List<Range> read(String text) {
        if (NONE.equals(text)) {
            return List.of();
        }
        List<Range> ranges = new ArrayList<>();
        for (JsonNode node : JSON.readTree(text)) {
            ranges.add(
                    new Range(
                            node.path("id").asString(),
                            LocalDate.parse(node.path("from").asString()),
                            LocalDate.parse(node.path("to").asString())));
        }
        return ranges;
    }
}
