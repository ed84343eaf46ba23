/** Engine of the live feed: the log as a feed, and the live boards in memory. */
@NullMarked
package com.abrohr.attendance.query.livefeed;

import org.jspecify.annotations.NullMarked;
