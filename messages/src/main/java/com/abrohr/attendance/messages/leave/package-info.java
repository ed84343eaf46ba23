/** Leave requests and their decisions. */
@NullMarked
package com.abrohr.attendance.messages.leave;

import org.jspecify.annotations.NullMarked;
