package com.abrohr.attendance.command.eventstore;

/** What makes a command the same command, on any node and after any crash. */
record CommandKey(String companyId, String employeeId, String commandId) {}
