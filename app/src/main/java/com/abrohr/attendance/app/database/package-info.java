/** The embedded or external PostgreSQL, its pools and its migration. */
@NullMarked
package com.abrohr.attendance.app.database;

import org.jspecify.annotations.NullMarked;
