package com.abrohr.attendance.messages.feed;

/** How many employees of a watched company stand where; answered with a {@link PresenceCounts}. */
public record CountPresence(String companyId) {}
