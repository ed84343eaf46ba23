/** The REST reads. */
@NullMarked
package com.abrohr.attendance.query.api;

import org.jspecify.annotations.NullMarked;
