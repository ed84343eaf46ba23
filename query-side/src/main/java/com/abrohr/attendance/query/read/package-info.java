/** What every read shares: the company's transaction, keyset pages, cursors. */
@NullMarked
package com.abrohr.attendance.query.read;

import org.jspecify.annotations.NullMarked;
