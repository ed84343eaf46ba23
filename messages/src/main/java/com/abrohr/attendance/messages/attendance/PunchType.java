package com.abrohr.attendance.messages.attendance;

public enum PunchType {
    IN,
    OUT
}
