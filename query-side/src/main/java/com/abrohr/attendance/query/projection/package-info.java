/** The stored read models: batches of events, dead letters, rebuild, and how far they are. */
@NullMarked
package com.abrohr.attendance.query.projection;

import org.jspecify.annotations.NullMarked;
