package com.abrohr.attendance.messages.workforce;

import com.abrohr.attendance.messages.Receipt;

public record EmployeeReceipt(String employeeId, String commandId, long seq) implements Receipt {}
