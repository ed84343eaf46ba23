/** The live feed: numbered entries, who is told of them, and how other nodes are woken. */
@NullMarked
package com.abrohr.attendance.query.livefeed;

import org.jspecify.annotations.NullMarked;
