package com.abrohr.attendance.app.archfixture;

/** Illegal: a name that says nothing. */
public final class StringUtils {}
