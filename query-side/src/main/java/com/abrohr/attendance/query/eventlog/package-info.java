/** What the log keeps: streams, and events with their metadata. */
@NullMarked
package com.abrohr.attendance.query.eventlog;

import org.jspecify.annotations.NullMarked;
