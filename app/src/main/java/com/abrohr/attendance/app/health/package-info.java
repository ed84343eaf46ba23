/** Whether this node can store commands and follow the log. */
@NullMarked
package com.abrohr.attendance.app.health;

import org.jspecify.annotations.NullMarked;
