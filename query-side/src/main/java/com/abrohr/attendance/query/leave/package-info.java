/** Leave requests, read. */
@NullMarked
package com.abrohr.attendance.query.leave;

import org.jspecify.annotations.NullMarked;
