/** What every HTTP request and every refusal over HTTP has in common. */
@NullMarked
package com.abrohr.attendance.app.web;

import org.jspecify.annotations.NullMarked;
