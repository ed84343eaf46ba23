package com.abrohr.attendance.edge.engineio;

/** Whose quota a connection counts against once its client is authenticated. */
public record ClientIdentity(String company, String person) {}
