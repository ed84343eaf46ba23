package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;

import java.util.List;
import java.util.function.Function;

/** Cuts a page out of rows that were read one further than the page is long. */
public final class Pages {

    private Pages() {}

    public static <R, V> Page<V> cut(
            List<R> rows,
            PageRequest request,
            Function<R, Cursor> place,
            Function<R, V> view,
            Page.AsOf asOf) {
        boolean more = rows.size() > request.limit();
        List<R> shown = more ? rows.subList(0, request.limit()) : rows;
        return new Page<>(
                shown.stream().map(view).toList(),
                more ? place.apply(shown.getLast()).text() : null,
                asOf);
    }
}
