/** Engine of the read models: batches, dead letters, rebuild, positions, read your writes. */
@NullMarked
package com.abrohr.attendance.query.projection;

import org.jspecify.annotations.NullMarked;
