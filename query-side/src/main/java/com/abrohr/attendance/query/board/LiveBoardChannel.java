package com.abrohr.attendance.query.board;

/**
 * Where PostgreSQL notifies that a company's stored board changed without an event: an employee was
 * parked, or is no longer. The payload is the company.
 */
public final class LiveBoardChannel {

    public static final String NAME = "live_board";

    private LiveBoardChannel() {}
}
