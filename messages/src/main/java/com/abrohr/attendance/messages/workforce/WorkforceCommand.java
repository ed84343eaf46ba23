package com.abrohr.attendance.messages.workforce;

import com.abrohr.attendance.messages.EmployeeCommand;

/** Commands about an employee's place in the company. */
public sealed interface WorkforceCommand extends EmployeeCommand permits RegisterEmployee {}
