package com.abrohr.attendance.messages.feed;

/** The board of a company as of one feed number; answered with a {@link DashboardView}. */
public record GetDashboard(String companyId) {}
