/** The read side: one projection, its read models, the live feed and the queries. */
@NullMarked
package com.abrohr.attendance.query;

import org.jspecify.annotations.NullMarked;
