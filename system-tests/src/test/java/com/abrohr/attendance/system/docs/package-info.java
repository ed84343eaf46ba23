/** Whether what the pages say is there. */
@NullMarked
package com.abrohr.attendance.system.docs;

import org.jspecify.annotations.NullMarked;
