/** Engine of the reads: snapshots of one company, cursors, filters, the routes of lists. */
@NullMarked
package com.abrohr.attendance.query.read;

import org.jspecify.annotations.NullMarked;
