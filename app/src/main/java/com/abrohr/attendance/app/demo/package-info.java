/** Demo mode: a company with people, sign-in without passwords, a scripted day. */
@NullMarked
package com.abrohr.attendance.app.demo;

import org.jspecify.annotations.NullMarked;
