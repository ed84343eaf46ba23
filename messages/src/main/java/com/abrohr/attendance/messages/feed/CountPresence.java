package com.abrohr.attendance.messages.feed;

/** How many employees stand where; answered with a {@link PresenceCounts}. */
public record CountPresence(String companyId) {}
