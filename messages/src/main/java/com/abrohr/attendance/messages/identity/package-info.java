/** Who is asking: caller, role, source, and the metadata that every event carries. */
@NullMarked
package com.abrohr.attendance.messages.identity;

import org.jspecify.annotations.NullMarked;
