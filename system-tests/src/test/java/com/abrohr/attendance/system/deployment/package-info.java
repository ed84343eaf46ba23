/** The deployment that is shipped, started from its own files. */
@NullMarked
package com.abrohr.attendance.system.deployment;

import org.jspecify.annotations.NullMarked;
