package com.abrohr.attendance.messages.identity;

public enum Source {
    WEB,
    MOBILE,
    KIOSK,
    DEVICE,
    API,
    SYSTEM
}
