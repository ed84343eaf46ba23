package com.abrohr.attendance.query.livefeed;

/** What this node tells the others about the feed. */
interface FeedNotices {

    /** There are new entries of this company. Never blocks; lost notices are made good by reads. */
    void grown(String companyId);

    /** Numbers given before can no longer be compared. */
    void numberedAnew();
}
