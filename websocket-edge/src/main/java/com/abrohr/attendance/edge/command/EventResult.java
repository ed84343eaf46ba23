package com.abrohr.attendance.edge.command;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The response to a handled event.
 *
 * @param fields of the acknowledgement, beside {@code ok}
 * @param confirmation the event of the guide that carries the same fields, for clients that ask for
 *     no acknowledgement; null where the guide has none
 */
public record EventResult(Map<String, Object> fields, @Nullable String confirmation) {}
