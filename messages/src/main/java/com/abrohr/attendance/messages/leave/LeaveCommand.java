package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.EmployeeCommand;

/** Commands that an employee's leave account decides. */
public sealed interface LeaveCommand extends EmployeeCommand
        permits SubmitLeave, WithdrawLeave, ApproveLeave, RejectLeave {}
