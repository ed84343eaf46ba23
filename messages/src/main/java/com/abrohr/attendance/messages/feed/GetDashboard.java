package com.abrohr.attendance.messages.feed;

/** The live board of a watched company; answered with a {@link DashboardView}. */
public record GetDashboard(String companyId) {}
