package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.EmployeeCommand;

/** Commands that an employee's time clock decides. */
public sealed interface TimeClockCommand extends EmployeeCommand
        permits PunchIn, PunchOut, CorrectWorkSession {}
