/** The live feed: the ordered, per-company stream of read-model updates. */
@NullMarked
package com.abrohr.attendance.messages.feed;

import org.jspecify.annotations.NullMarked;
