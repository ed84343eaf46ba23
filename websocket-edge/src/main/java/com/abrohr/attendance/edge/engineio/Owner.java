package com.abrohr.attendance.edge.engineio;

/** Whose a connection is, once its client has proved it: a person of a company. */
public record Owner(String company, String person) {}
