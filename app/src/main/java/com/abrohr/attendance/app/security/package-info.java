/** Who may come in: tokens, routes, headers. */
@NullMarked
package com.abrohr.attendance.app.security;

import org.jspecify.annotations.NullMarked;
