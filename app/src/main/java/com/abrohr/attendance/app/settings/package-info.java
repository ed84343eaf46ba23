/** What an operator can set, checked at the start. */
@NullMarked
package com.abrohr.attendance.app.settings;

import org.jspecify.annotations.NullMarked;
